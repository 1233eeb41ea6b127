// Fields of forms, and when forms are built anew.
import {element} from '../element.js';
import {whenReleased} from '../hand.js';

/** @type {Set<() => void>} */
const waiting = new Set();

function build() {
    const renders = [...waiting];
    waiting.clear();
    for (const render of renders) render();
}

/** Builds a form anew when the focus has moved on and nothing is half pressed: what is left by a click on another control is changed before that click arrives. @param {() => void} render */
export function whenSettled(render) {
    if (waiting.size === 0) setTimeout(() => whenReleased(build));
    waiting.add(render);
}

/** @param {string} label @param {HTMLElement} field */
export const labelled = (label, field) => element('label', {class: 'field'}, element('span', {}, label), field);

/** What the model knows by a word, in the language of the desk. @param {Record<string, string>} names @returns {(value: string) => string} */
export const named = names => value => Object.hasOwn(names, value) ? names[value] : value.replaceAll('_', ' ');

/** @param {string[]} values @param {string} chosen @param {(value: string) => void} choose @param {(value: string) => string} name how it is called */
export const select = (values, chosen, choose, name) => element('select', {onchange: event => choose(event.target.value)}, ...values.map(value => element('option', {value, selected: value === chosen}, name(value))));

/** @param {number} value @param {number} min @param {number} max @param {(value: number) => void} choose @param {string} [step] */
export const number = (value, min, max, choose, step = '1') => element('input', {type: 'number', value: String(value), min: String(min), max: String(max), step, onchange: event => {
    const given = Number(event.target.value);
    const kept = Number.isFinite(given) && event.target.value !== '' ? Math.min(max, Math.max(min, given)) : value;
    event.target.value = String(kept);
    choose(kept);
}});

/** Whether a pledge waits for anything. @param {string} condition */
export const isConditional = condition => condition !== '' && condition !== 'none' && condition !== 'unconditional';
