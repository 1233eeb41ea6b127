// The frame of a chart: its title, what it shows, the drawing that can be read by pointer and by keys, its table,
// and its ways out of the page.
import {element, save, svgElement} from './element.js';
import {tableCsv, tableElement} from './table.js';
import {compose, label, signElement, textWidth, wrap} from './drawing.js';
import {faint, ink, paper} from './colours.js';
import {knowledgeSentences} from './knowledge.js';
import {byDay} from './palette.js';
import {drawWhenSeen, forget} from './seen.js';

/** @typedef {import('./types.js').View} View */
/** @typedef {import('./types.js').Drawn} Drawn */
/** @typedef {import('./types.js').Sign} Sign */
/** @typedef {import('./types.js').Table} Table */
/**
 * @typedef {{
 *   id: string, title: string, lead?: string, note?: string, legend?: Sign[], controls?: HTMLElement,
 *   origin?: {title: string, version: string, count: number, seed: string, digest: string},
 *   tables: {name: string, title: string, table: Table, button?: string}[], draw: (width: number) => Drawn
 * }} Chart
 */

/** How wide charts were drawn, by name: who has seen one sees the next of its name at once, and nobody has to ask how wide it is. @type {Map<string, number>} */
const widths = new Map();

// Paper has a width of its own (main.js), and what it shows is none of the window's.
let printing = false;
addEventListener('beforeprint', () => { printing = true; });
addEventListener('afterprint', () => { printing = false; });

/** By their drawings. @type {WeakMap<Element, (width: number) => void>} */
const fits = new WeakMap();
// To ask for a width makes the browser lay the whole page out; here it tells when it has done so anyway.
const rooms = new ResizeObserver(entries => entries.forEach(({target, contentRect}) => printing || fits.get(target)?.(Math.round(contentRect.width))));

/** @param {Chart} chart @param {View} view */
export function figureElement(chart, view) {
    const {words} = view;
    const readout = element('p', {class: 'readout', 'aria-live': 'polite'}, words.readout);
    const drawing = element('div', {class: 'drawing', tabindex: '0', role: 'group', 'aria-label': words.chartLabel({title: chart.title})});
    const tables = element('div', {class: 'tables', hidden: true, id: `${chart.id}-table`});
    /** @type {Drawn | null} */
    let drawn = null;
    let room = widths.get(chart.id) ?? 0;
    drawing.style.minHeight = '18rem';

    function draw() {
        drawn = chart.draw(room);
        drawn.svg.setAttribute('aria-label', chart.title);
        drawn.svg.style.maxWidth = '100%';
        drawing.replaceChildren(drawn.svg);
        drawing.style.minHeight = '';
        if (!printing) widths.set(chart.id, room);
    }
    /** At a width of its own, whether it is seen or not. @param {number} width */
    function redraw(width) {
        room = width;
        forget(drawing);
        draw();
    }
    /** @param {number} width that the window leaves it */
    function fit(width) {
        if (width <= 0 || drawn && width === room) return;
        room = width;
        if (drawn) requestAnimationFrame(() => room === width && !printing && draw()); // not within what is laid out now
        else drawWhenSeen(drawing, draw);
    }
    if (room > 0) draw();
    fits.set(drawing, fit);
    rooms.observe(drawing);
    drawing.addEventListener('focus', () => { if (!drawn) redraw(room || Math.round(drawing.clientWidth)); });
    readByPointerAndKeys(drawing, () => drawn, readout);

    const toggle = element('button', {type: 'button', 'aria-expanded': 'false', 'aria-controls': `${chart.id}-table`, 'aria-label': words.showTable({title: chart.title}), onclick: () => {
        tables.hidden = !tables.hidden;
        if (!tables.hidden && !tables.firstChild)
            tables.append(...chart.tables.map(({title, table}) => tableElement(table, view, title)));
        toggle.setAttribute('aria-expanded', String(!tables.hidden));
    }}, words.tableView);
    const outside = () => saveableDrawing(chart, view, chart.draw(900).svg);
    const name = `${fileName(view.result.title)}-${chart.id}`;
    const buttons = element('div', {class: 'buttons'}, toggle,
        ...chart.tables.map(({name: table, title, table: content, button}) => {
            const shown = button ? `${words.csv}: ${button}` : chart.tables.length > 1 ? `${words.csv}: ${labelsOf(content).map(column => words.columns[column] ?? column).join(', ')}` : words.csv;
            return element('button', {type: 'button', 'data-csv': table, 'aria-label': words.saveAs({kind: shown, title}), onclick: () => save(`${table}.csv`, tableCsv(content), 'text/csv')}, shown);
        }),
        element('button', {type: 'button', 'aria-label': words.saveAs({kind: 'SVG', title: chart.title}), onclick: () => save(`${name}.svg`, svgText(outside()), 'image/svg+xml')}, words.svg),
        element('button', {type: 'button', 'aria-label': words.saveAs({kind: 'PNG', title: chart.title}), onclick: () => savePng(`${name}.png`, outside())}, words.png));

    const heading = element('h3', {id: `${chart.id}-title`}, chart.title);
    const figure = element('figure', {id: chart.id, 'aria-labelledby': heading.id},
        element('figcaption', {}, heading, chart.lead && element('p', {class: 'lead'}, chart.lead)),
        chart.controls, legendElement(chart), drawing, chart.note && element('p', {class: 'note'}, chart.note), readout, buttons, tables);
    return {figure, redraw, fit, drawing};
}

/** @param {Chart} chart */
function legendElement(chart) {
    if (!chart.legend?.length) return null;
    return element('ul', {class: 'legend'}, ...chart.legend.map((sign, i) => element('li', {}, signElement(sign, 14, `${chart.id}-sign-${i}`), sign.text)));
}

/** What the rows of a table are about. @param {Table} table */
const labelsOf = table => table.columns.slice(0, Math.max(1, table.columns.findIndex(([, units]) => units))).map(([name]) => name);

/** @param {string} text */
export const fileName = text => text.toLowerCase().normalize('NFD').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60) || 'homeward';

// ---- reading

/** @param {HTMLElement} drawing @param {() => Drawn | null} current @param {HTMLElement} readout */
function readByPointerAndKeys(drawing, current, readout) {
    let position = -1;
    /** @param {number} next */
    function tell(next) {
        const drawn = current();
        if (!drawn || drawn.points.length === 0) return;
        position = (next + drawn.points.length) % drawn.points.length;
        const point = drawn.points[position];
        readout.textContent = point.text;
        drawn.svg.querySelector('.cursor')?.remove();
        drawn.svg.append(svgElement('circle', {class: 'cursor', cx: point.x, cy: point.y, r: 8, fill: 'none', stroke: ink, 'stroke-width': 2.5}));
    }
    drawing.addEventListener('pointermove', event => {
        const drawn = current();
        if (!drawn) return;
        const box = drawn.svg.getBoundingClientRect();
        const scale = drawn.svg.viewBox.baseVal.width / box.width;
        const x = (event.clientX - box.left) * scale, y = (event.clientY - box.top) * scale;
        let best = -1, least = Infinity;
        drawn.points.forEach((point, i) => {
            const distance = (point.x - x) ** 2 + (point.y - y) ** 2;
            if (distance < least) [best, least] = [i, distance];
        });
        if (best >= 0 && best !== position) tell(best);
    });
    /** @type {Record<string, number>} */
    const steps = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, PageDown: 12, PageUp: -12};
    drawing.addEventListener('keydown', event => {
        const count = current()?.points.length ?? 0;
        if (event.key === 'Home') tell(0);
        else if (event.key === 'End') tell(count - 1);
        else if (event.key in steps) tell(position < 0 ? 0 : Math.min(count - 1, Math.max(0, position + steps[event.key])));
        else return;
        event.preventDefault();
    });
}

// ---- saving

/** The drawing with everything that it needs outside of the page. @param {Chart} chart @param {View} view @param {SVGSVGElement} inner */
function saveableDrawing(chart, view, inner) {
    const {width, height} = inner.viewBox.baseVal;
    const {words} = view, origin = chart.origin ?? view.result;
    const margin = 16, room = width;
    const title = wrap(chart.title, room, 18, 'bold'), lead = chart.lead ? wrap(chart.lead, room, 12) : [];
    /** @type {SVGElement[]} */
    const parts = [];
    let y = 22;
    for (const line of title) { parts.push(label(0, y, line, {'font-size': 18, 'font-weight': 'bold'})); y += 23; }
    for (const line of lead) { parts.push(label(0, y, line, {fill: faint})); y += 16; }
    let x = 0;
    y += 4;
    (chart.legend ?? []).forEach((sign, i) => {
        const length = 20 + textWidth(sign.text, 12) + 18;
        if (x > 0 && x + length > room) { x = 0; y += 20; }
        const drawn = signElement(sign, 14, `${chart.id}-saved-${i}`);
        drawn.setAttribute('x', String(x));
        drawn.setAttribute('y', String(y - 4));
        parts.push(drawn, label(x + 20, y + 8, sign.text));
        x += length;
    });
    if (chart.legend?.length) y += 24;
    const foot = wrap(`${chart.note ? chart.note + ' ' : ''}${chart.origin ? '' : knowledgeSentences(view).map(sentence => `${sentence} `).join('')}Homeward ${origin.version}. ${origin.title}; ${words.facts.count.toLowerCase()} ${view.format.number(origin.count)}, ${words.facts.seed.toLowerCase()} ${origin.seed}, ${words.facts.digest.toLowerCase()} ${origin.digest.slice(0, 12)}.`, room, 11);
    const outer = compose(width + 2 * margin, y + height + foot.length * 15 + 2 * margin, []);
    const group = svgElement('g', {transform: `translate(${margin},${margin})`}, ...parts);
    inner.setAttribute('x', '0');
    inner.setAttribute('y', String(y));
    group.append(inner, ...foot.map((line, i) => label(0, y + height + 16 + i * 15, line, {'font-size': 11, fill: faint})));
    outer.append(svgElement('rect', {width: '100%', height: '100%', fill: paper}), group);
    return outer;
}

/** @param {SVGSVGElement} svg */
const svgText = svg => byDay(`<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`);

/** @param {string} name @param {SVGSVGElement} svg */
function savePng(name, svg) {
    const {width, height} = svg.viewBox.baseVal, scale = 2;
    const image = new Image();
    image.addEventListener('load', () => {
        const sheet = element('canvas', {width: String(width * scale), height: String(height * scale)});
        sheet.getContext('2d')?.drawImage(image, 0, 0, width * scale, height * scale);
        sheet.toBlob(blob => blob && save(name, blob, 'image/png'), 'image/png');
    });
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(svg))}`;
}
