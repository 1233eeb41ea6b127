// What somebody has half pressed stays where it is: what could move it, or take it away, waits until it is let go.

/** What the pointer went down on. @type {EventTarget | null} */
let held = null;
/** @type {(() => void)[]} */
let waiting = [];

function settle() {
    held = null;
    const all = waiting;
    waiting = [];
    for (const next of all) next();
}

/** A click comes with the release, and before what waited for it. @param {boolean} isReleased */
const release = isReleased => { if (held && isReleased) setTimeout(settle); };

addEventListener('pointerdown', event => { held = event.target; }, true);
addEventListener('pointerup', () => release(true), true);
addEventListener('pointercancel', () => release(true), true);
addEventListener('blur', event => release(event.target === window || event.target === held), true);
// A list that opened has taken the pointer.
addEventListener('change', event => release(event.target === held && held instanceof HTMLSelectElement), true);

const isButton = () => held instanceof Element && held.closest('button, a, summary') !== null;

/** Now, when nothing is pressed; else once it is let go. @param {() => void} next */
export const whenReleased = next => { if (held) waiting.push(next); else next(); };

/** As whenReleased(), but who moves a slider sees what comes of it on the way. @param {() => void} next */
export const whenClicked = next => { if (isButton()) waiting.push(next); else next(); };
