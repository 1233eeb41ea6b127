// What the reader chose stands in the address, so that a link or a page loaded again shows the same. Links to sections keep
// their own form: #money.

/** @typedef {Record<string, string | number>} State */

/** @template {State} T @param {T} usual @param {(key: string, value: string | number) => boolean} accepts @returns {Partial<T>} */
export function readAddress(usual, accepts) {
    /** @type {State} */
    const found = {};
    for (const [key, text] of new URLSearchParams(location.hash.slice(1))) {
        if (!Object.hasOwn(usual, key)) continue;
        const value = typeof usual[key] === 'number' ? Number(text) : text;
        if (accepts(key, value)) found[key] = value;
    }
    return /** @type {Partial<T>} */ (found);
}

/** Only what differs from how the page opens by itself. @template {State} T @param {T} state @param {T} usual */
export function writeAddress(state, usual) {
    const kept = new URLSearchParams(Object.entries(state).filter(([key, value]) => value !== usual[key]).map(([key, value]) => [key, String(value)]));
    const hash = kept.toString();
    if (hash || location.hash.includes('=')) history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search);
}
