// Draws what is looked at: a chart below the fold waits until it comes near the window, is reached by a key or is printed.
import {whenClicked} from './hand.js';

/** What waits, by its place. @type {Map<Element, () => void>} */
const waiting = new Map();
/** What is near the window and will be drawn, each in a task of its own, so that the window stays quick. @type {Element[]} */
let seen = [];

/** It does not wait any more. @param {Element} place */
export function forget(place) {
    waiting.delete(place);
    eye.unobserve(place);
}

/** @param {Element} place */
function draw(place) {
    const now = waiting.get(place);
    forget(place);
    now?.();
}

function drawNext() {
    const [next, ...others] = seen;
    seen = others;
    if (others.length) drawSoon();
    if (next?.isConnected) draw(next);
}

const drawSoon = () => setTimeout(() => whenClicked(drawNext));

const eye = new IntersectionObserver(entries => {
    const idle = seen.length === 0;
    seen.push(...entries.filter(({isIntersecting, target}) => isIntersecting && !seen.includes(target)).map(({target}) => target));
    if (idle && seen.length) drawSoon();
}, {rootMargin: '300px 0px'});

/** Draws when the place is seen; what waited for it before is forgotten. @param {HTMLElement} place @param {() => void} now */
export function drawWhenSeen(place, now) {
    for (const other of waiting.keys()) if (!other.isConnected) forget(other);
    waiting.set(place, now);
    eye.observe(place);
}

/** What comes after it is a task of its own, so that the window stays quick, and moves no button that is half pressed. */
export const pause = () => new Promise(resolve => setTimeout(() => whenClicked(() => resolve(undefined))));

/** So that nothing moves any more when somebody jumps to a section, and paper shows all. */
export const drawAll = () => [...waiting.keys()].forEach(draw);

addEventListener('beforeprint', drawAll);
