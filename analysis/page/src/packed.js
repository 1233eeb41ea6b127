// What a page carries packed (base64 of gzip), since few ask for it and all would wait for it.

export const canUnpack = typeof DecompressionStream !== 'undefined';

/** @param {string} letters */
export async function unpacked(letters) {
    const bytes = Uint8Array.from(atob(letters), letter => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}
