// A table as the summary has it: on the page, and as CSV with the bytes of `homeward summary --csv`.
import {element} from './element.js';
import {parseDay} from './format.js';

/** @typedef {import('./types.js').Table} Table */
/** @typedef {import('./types.js').Cell} Cell */
/** @typedef {import('./types.js').View} View */

/** C's "%.10g". @param {number} value */
export function tenDigits(value) {
    if (value === 0) return '0';
    const [mantissa, power] = value.toExponential(9).split('e');
    const exponent = Number(power);
    if (exponent >= -4 && exponent < 10) {
        const text = value.toFixed(Math.max(0, 9 - exponent));
        return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
    }
    const digits = mantissa.replace(/\.?0+$/, '');
    return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

// As analysis/tables/csv_text.c: what a spreadsheet would calculate has an apostrophe before it, numbers do not.
const separators = ',;|\t\r\n"\'';
const isNumber = (/** @type {string} */ text) => {
    const piece = text.split(/[,;|\t\r\n"']/, 1)[0].replace(/ +$/, '');
    return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(piece);
};
const beginsFormula = (/** @type {string} */ text) => {
    const sign = text.replace(/^ +/, '');
    return /^[=@\uff1d\uff0b\uff0d\uff20]/.test(sign) || (/^[+-]/.test(sign) && !isNumber(sign));
};

/** @param {string} text */
function guarded(text) {
    if (text === '=') return text; // the mark of what is the same in all worlds
    let out = '';
    for (let i = 0; i < text.length; i++) {
        const begins = i === 0 || separators.includes(text[i - 1]);
        if (begins && (beginsFormula(text.slice(i)) || (i === 0 && /^[\t\r]/.test(text)))) out += "'";
        out += text[i];
    }
    return out;
}

/** @param {string} text */
function quoted(text) {
    const safe = guarded(text);
    return safe !== text || /[",\r\n]/.test(text) ? `"${safe.replaceAll('"', '""')}"` : text;
}

/** @param {Table} table */
export function tableCsv(table) {
    const header = table.columns.map(([name, units]) => quoted(units ? `${name} [${units}]` : name));
    const lines = table.rows.map(row => row.map(cell => cell === null ? '' : typeof cell === 'number' ? tenDigits(cell) : quoted(cell)));
    return [header, ...lines].map(line => line.join(',') + '\n').join('');
}

/** @param {Table} table @param {string} column */
export function columnOf(table, column) {
    const index = table.columns.findIndex(([name]) => name === column);
    if (index < 0) throw new Error(`a table has no column ${column}`);
    return index;
}

/** @type {WeakMap<Table, Record<string, any>[]>} */
const recorded = new WeakMap();

/** Rows as objects, the same ones each time. @param {Table | undefined} table @returns {readonly Record<string, any>[]} */
export function records(table) {
    if (!table) return [];
    let found = recorded.get(table);
    if (!found) {
        const names = table.columns.map(([name]) => name);
        found = table.rows.map(row => {
            /** @type {Record<string, any>} */
            const one = {};
            for (let i = 0; i < names.length; i++) one[names[i]] = row[i];
            return one;
        });
        recorded.set(table, found);
    }
    return found;
}

/** @param {Cell} cell @param {[string, string | null, number]} column @param {View} view */
function shown(cell, [name, units, decimals], view) {
    if (cell === null) return '–';
    if (typeof cell === 'number') {
        if (name === 'year') return String(cell);
        const places = Math.abs(cell) > 0 && Math.abs(cell) < 10 ** -decimals / 2 ? undefined : decimals;
        return places === undefined ? `${cell < 0 ? '>-' : '<'}${view.format.number(10 ** -decimals, decimals)}` : view.format.number(cell, decimals);
    }
    if (units === 'date')
        return cell.startsWith('after') ? view.words.after({day: view.format.day(parseDay(cell))}) : view.format.day(parseDay(cell));
    return view.name(cell);
}

/** @param {string | null} units @param {import('./types.js').Words} words */
function unitText(units, words) {
    const text = units && units !== 'date' ? words.units[units] ?? units : '';
    return text && ` [${text}]`;
}

/** @param {Table} table @param {View} view @param {string} caption */
export function tableElement(table, view, caption) {
    const {words} = view;
    const head = table.columns.map(([name, units]) =>
        element('th', {scope: 'col'}, words.columns[name] ?? name, unitText(units, words)));
    const labels = table.columns.filter(([, units], i) => !units && table.rows.every(row => typeof row[i] === 'string')).length;
    const rows = table.rows.map(row => element('tr', {}, ...row.map((cell, i) =>
        element(i < Math.min(labels, 1) ? 'th' : 'td',
                i < Math.min(labels, 1) ? {scope: 'row'} : {class: typeof cell === 'number' || table.columns[i][1] ? 'figure' : ''},
                shown(cell, table.columns[i], view)))));
    return element('div', {class: 'table', tabindex: '0', role: 'region', 'aria-label': caption},
                   element('table', {}, element('caption', {}, caption), element('thead', {}, element('tr', {}, ...head)),
                           element('tbody', {}, ...rows)));
}
