// Draws what is looked at: a chart below the fold waits until it comes near the window, is reached by a key or is printed.

/** What waits, by its place. @type {Map<Element, () => void>} */
const waiting = new Map();

/** @param {Element} place */
function draw(place) {
    const now = waiting.get(place);
    waiting.delete(place);
    eye.unobserve(place);
    now?.();
}

const eye = new IntersectionObserver(entries => entries.forEach(entry => entry.isIntersecting && draw(entry.target)), {rootMargin: '300px 0px'});

/** Draws when the place is seen; what waited for it before is forgotten. @param {HTMLElement} place @param {() => void} now */
export function drawWhenSeen(place, now) {
    for (const other of waiting.keys()) if (!other.isConnected) waiting.delete(other);
    waiting.set(place, now);
    eye.observe(place);
}

/** @param {HTMLElement} place */
export const drawNow = place => draw(place);

/** So that nothing moves any more when somebody jumps to a section, and paper shows all. */
export const drawAll = () => [...waiting.keys()].forEach(draw);

addEventListener('beforeprint', drawAll);
