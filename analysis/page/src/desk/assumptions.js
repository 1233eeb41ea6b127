// What the base assumes, one level down: found by a word, with its range and its source, and changed for this question.
import {element} from '../element.js';
import {labelled} from './fields.js';
import {words} from './words.js';

/** @typedef {import('./question.js').Question} Question */
/** @typedef {{path: string, text: string, meaning: string, source: string | null, assumed: boolean}} Assumption */
/** @typedef {import('./line.js').Edit} Edit */

const mostShown = 12;
/** All of the base, when somebody has asked for them. @type {Assumption[] | null} */
let all = null;
let isOpen = false, typed = '';

/** @param {() => void} then */
async function load(then) {
    const response = await fetch('assumptions').catch(() => null);
    all = response?.ok ? await response.json() : null;
    then();
}

/** Low, middle and high of a value that says them. @param {string} text */
const marksOf = text => [...text.matchAll(/\bp(10|50|90): ([^,}]+)/g)].map(([, percent, value]) => ({percent, value}));

/** What is said of a value in the base. @param {Assumption} one */
const origin = one => element('p', {class: 'note'}, words.inBase, ' ', element('code', {lang: 'en'}, one.text), one.source ? ' · ' : '', one.source && element('span', {lang: 'en'}, one.source), one.assumed && ` · ${words.isAssumed}`);

/** @param {Question} question @param {number} i @param {Edit} edit */
function changedCard(question, i, edit) {
    const one = question.assumptions[i], known = all?.find(({path}) => path === one.path);
    const set = (/** @type {string} */ value) => edit(q => { q.assumptions[i].value = value; });
    const field = element('input', {type: 'text', value: one.value, maxlength: '200', 'data-assumption': one.path, onchange: event => event.target.value.trim() && set(event.target.value.trim())});
    return element('div', {class: 'card'}, element('button', {type: 'button', class: 'remove', 'aria-label': `${words.remove}: ${one.path}`, onclick: () => edit(q => q.assumptions.splice(i, 1))}, '×'),
        element('code', {lang: 'en'}, one.path), known && element('span', {lang: 'en', class: 'note'}, known.meaning), known && origin(known), labelled(words.assumeInstead, field),
        known && element('div', {class: 'buttons'}, ...marksOf(known.text).map(({percent, value}) => element('button', {type: 'button', onclick: () => set(value)}, `P${percent}: ${value}`))));
}

/** Every word is in its name, its meaning or its source. @param {Question} question */
function found(question) {
    const wanted = typed.toLowerCase().split(/\s+/).filter(word => word !== '');
    return (all ?? []).filter(one => !question.assumptions.some(({path}) => path === one.path) && wanted.every(word => `${one.path.replaceAll('_', ' ')} ${one.path} ${one.meaning} ${one.source ?? ''}`.toLowerCase().includes(word)));
}

/** @param {Question} question @param {Edit} edit */
function finder(question, edit) {
    const list = element('ul', {class: 'assumptions', 'aria-live': 'polite'});
    function tell() {
        if (!all) return list.replaceChildren(element('li', {class: 'note'}, words.lost));
        const hits = found(question);
        list.replaceChildren(...hits.slice(0, mostShown).map(one => element('li', {}, element('button', {type: 'button', 'data-assume': one.path, onclick: () => edit(q => q.assumptions.push({path: one.path, value: marksOf(one.text)[1]?.value ?? one.text}))}, words.assumeOther),
            element('code', {lang: 'en'}, one.path), element('span', {class: 'note', lang: 'en'}, one.meaning), origin(one))),
            ...hits.length > mostShown || !hits.length ? [element('li', {class: 'note'}, words.assumptionsFound({count: hits.length}))] : []);
    }
    const search = element('input', {type: 'search', id: 'find-assumption', value: typed, oninput: () => { typed = search.value; tell(); }});
    if (all) tell();
    return element('details', {open: isOpen, ontoggle: event => {
        isOpen = event.target.open;
        if (isOpen && !all) void load(tell);
    }}, element('summary', {id: 'assumptions'}, words.findAssumption), labelled(words.assumptionWords, search), list);
}

/** @param {Question} question @param {Edit} edit */
export function assumptionCards(question, edit) {
    if (question.assumptions.length && !all) void load(() => edit(() => {}, 'shown'));
    return element('fieldset', {}, element('legend', {}, words.assumptions), element('p', {class: 'note'}, words.assumptionsHelp), ...question.assumptions.map((_, i) => changedCard(question, i, edit)), finder(question, edit));
}
