// A budget drawn as a line over the years: per cent of what is planned, dragged by pointer or moved by keys.
import {textWidth} from '../drawing.js';
import {element, svgElement} from '../element.js';
import {nameIn, words} from './words.js';

/** @typedef {import('./question.js').Question} Question */
/** @typedef {import('./question.js').Money} Money */
/** @typedef {(change: (question: Question) => void, how?: 'slides' | 'shown') => void} Edit */

const width = 360, height = 132, right = 18, top = 12, bottom = 22, least = -100, most = 200, step = 5;
// As much as the longest word beside the levels takes, in whatever language.
const leftOf = () => Math.max(50, Math.ceil(textWidth(words.asPlanned, 10.5)) + 10);

/** The year that keys move, by stream; and whether it moves alone. @type {Map<string, number>} */
const chosen = new Map();
let alone = false;

/** Per cent more or less in each year: an entry holds until the next one. @param {Money[]} money @param {string} stream @param {number[]} years @returns {number[]} */
export function percentsOf(money, stream, years) {
    const entries = money.filter(one => one.stream === stream).sort((a, b) => a.from - b.from);
    return years.map(year => entries.filter(one => one.from <= year).at(-1)?.percent ?? 0);
}

/** The same as few entries, in the place of the first. @param {Question} question @param {string} stream @param {number[]} years @param {number[]} percents */
export function setPercents(question, stream, years, percents) {
    const entries = years.flatMap((year, i) => percents[i] !== (percents[i - 1] ?? 0) ? [{stream, from: year, percent: percents[i]}] : []);
    const at = question.money.findIndex(one => one.stream === stream), from = question.money[at]?.from ?? years[0];
    question.money = question.money.filter(one => one.stream !== stream);
    question.money.splice(Math.max(0, at), 0, ...entries.length ? entries : [{stream, from, percent: 0}]);
}

/** One year is moved, and all later ones with it, or it alone. @param {Question} question @param {string} stream @param {number[]} years @param {number} i @param {number} percent */
function move(question, stream, years, i, percent) {
    const kept = Math.max(least, Math.min(most, Math.round(percent / step) * step));
    setPercents(question, stream, years, percentsOf(question.money, stream, years).map((old, k) => k === i || (!alone && k > i) ? kept : old));
}

/** @param {Question} question @param {string} stream @param {number[]} years @param {Edit} edit */
export function budgetLine(question, stream, years, edit) {
    const left = leftOf(), x = (/** @type {number} */ i) => left + (width - left - right) * (years.length > 1 ? i / (years.length - 1) : 0.5);
    const y = (/** @type {number} */ percent) => top + (height - top - bottom) * (most - percent) / (most - least);
    const signed = (/** @type {number} */ percent) => `${percent > 0 ? '+' : ''}${percent} %`;
    const firstChange = question.money.filter(one => one.stream === stream).reduce((from, one) => Math.min(from, one.from), Infinity);
    let at = Math.max(0, years.indexOf(chosen.get(stream) ?? firstChange));
    const svg = svgElement('svg', {viewBox: `0 0 ${width} ${height}`, class: 'line', role: 'slider', tabindex: 0, 'data-line': stream, 'aria-label': words.lineOf({stream: nameIn(stream)}), 'aria-valuemin': least, 'aria-valuemax': most});
    const told = element('output', {});

    function draw() {
        const percents = percentsOf(question.money, stream, years), text = words.linePoint({year: String(years[at]), change: signed(percents[at])});
        told.textContent = text;
        svg.setAttribute('aria-valuenow', String(percents[at]));
        svg.setAttribute('aria-valuetext', text);
        const level = (/** @type {number} */ percent, /** @type {string} */ name) => [svgElement('line', {x1: left, x2: width - right, y1: y(percent), y2: y(percent), class: percent ? 'level' : 'plan'}), svgElement('text', {x: left - 6, y: y(percent) + 4, 'text-anchor': 'end'}, name)];
        const every = Math.ceil(years.length / 6);
        svg.replaceChildren(...level(-100, '−100 %'), ...level(0, words.asPlanned), ...level(100, '+100 %'), ...level(200, '+200 %'),
            ...years.flatMap((year, i) => i % every === 0 ? [svgElement('text', {x: x(i), y: height - 6, 'text-anchor': 'middle'}, String(year))] : []),
            svgElement('polyline', {points: percents.map((percent, i) => `${x(i)},${y(percent)}`).join(' ')}),
            ...percents.map((percent, i) => svgElement('circle', {cx: x(i), cy: y(percent), r: i === at ? 6 : 3.5, class: i === at ? 'at' : ''})));
    }

    /** @param {number} i */
    const choose = i => {
        at = Math.max(0, Math.min(years.length - 1, i));
        chosen.set(stream, years[at]);
        draw();
    };
    /** @param {PointerEvent} event */
    function follow(event) {
        const box = svg.getBoundingClientRect(), down = (event.clientY - box.top) * height / box.height;
        edit(q => move(q, stream, years, at, most - (down - top) / (height - top - bottom) * (most - least)), 'slides');
        draw();
    }
    svg.addEventListener('pointerdown', event => {
        const box = svg.getBoundingClientRect(), across = (event.clientX - box.left) * width / box.width;
        svg.setPointerCapture(event.pointerId);
        choose(Math.round((across - left) / (width - left - right) * (years.length - 1)));
        follow(event);
    });
    svg.addEventListener('pointermove', event => { if (svg.hasPointerCapture(event.pointerId)) follow(event); });
    svg.addEventListener('pointerup', () => edit(() => {}, 'shown'));
    /** @type {Record<string, number>[]} */
    const [up, along] = [{ArrowUp: step, ArrowDown: -step, PageUp: 4 * step, PageDown: -4 * step}, {ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity}];
    svg.addEventListener('keydown', event => {
        if (event.key in along) choose(at + along[event.key]);
        else if (event.key in up) edit(q => move(q, stream, years, at, percentsOf(q.money, stream, years)[at] + up[event.key]));
        else return;
        event.preventDefault();
    });
    draw();
    return element('div', {class: 'budget'}, element('p', {class: 'lineof'}, element('strong', {}, nameIn(stream)), ' ', told), svg,
        element('label', {class: 'lever'}, element('input', {type: 'checkbox', checked: alone, onchange: event => { alone = event.target.checked; }}), element('span', {}, words.onlyThisYear)));
}
