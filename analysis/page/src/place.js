// One place (or district, where results have no places): how likely by when, in all results, and what holds it back.
import {element} from './element.js';
import {records} from './table.js';
import {colourOf, okabe} from './colours.js';
import {chance, releasedBefore} from './charts/map.js';
import {drawChances} from './charts/chances.js';
import {drawLines} from './charts/decisions.js';
import {parseDay} from './format.js';

/** @typedef {import('./types.js').View} View */
/** @typedef {import('./types.js').Result} Result */
/** @typedef {import('./figure.js').Chart} Chart */

/** What comes on a day: places, or districts where results have no places. @param {Result} result */
export const subjects = result => result.places.length
    ? {names: result.places, counts: result.counts.place_release_day, table: 'place_release', of: 'place'}
    : {names: result.districts, counts: result.counts.district_completion_day, table: 'district_completion', of: 'district'};

/** What may be looked for. @param {Result} result */
export const placesOf = result => subjects(result).names;

/** The one that is meant, by its beginning or any part of it, in this language or the scenario's. @param {View} view @param {string} typed @returns {string | undefined} */
export function findPlace(view, typed) {
    const wanted = typed.trim().toLocaleLowerCase(), names = placesOf(view.result).map(name => ({name, texts: [name.toLocaleLowerCase(), view.name(name).toLocaleLowerCase()]}));
    /** @param {(text: string) => boolean} fits */
    const first = fits => names.find(({texts}) => texts.some(fits))?.name;
    return wanted ? first(text => text === wanted) ?? first(text => text.startsWith(wanted)) ?? first(text => text.includes(wanted)) : undefined;
}

/** @param {View} view @param {any} cell */
const told = ({words, format}, cell) => cell === null ? '–' : String(cell).startsWith('after') ? words.after({day: format.day(parseDay(cell))}) : format.day(parseDay(cell));

/** Causes of waiting, most days first. @param {View} view @param {string} place */
const delaysOf = ({result}, place) => records(result.tables.place_delay).filter(row => row.place === place && row.cause !== 'housing' && row.mean > 0).sort((a, b) => b.mean - a.mean);

/** @param {View} view @param {string} place @returns {string[]} */
export function placeSentences(view, place) {
    const {words, format, result} = view, {names, counts, table} = subjects(result), name = view.name(place);
    const fact = releasedBefore(result, place);
    if (fact !== undefined) return [words.releasedFact({name, day: format.day(parseDay(fact))})];
    const row = records(result.tables[table]).find(row => row[table === 'place_release' ? 'place' : 'district'] === place);
    const p = chance(result, counts, names.indexOf(place), view.month);
    const sentences = [];
    if (p) sentences.push(words.placeChance({name, day: format.day(parseDay(result.months[view.month])), chance: format.chance(p[0]), low: format.percent(p[1]), high: format.percent(p[2])}));
    if (row) sentences.push(words.placeDates({p10: told(view, row.p10), p50: told(view, row.p50), p90: told(view, row.p90), censored: format.percent(row.censored), year: result.horizon.slice(0, 4)}));
    const families = records(result.tables.place_first_return).find(row => row.place === place);
    if (families) sentences.push(words.placeFamilies({p10: told(view, families.p10), p50: told(view, families.p50), p90: told(view, families.p90)}));
    const held = delaysOf(view, place).slice(0, 3).map(row => words.placeWaits({cause: view.name(row.cause), days: format.number(row.mean)}));
    if (held.length) sentences.push(words.placeHeld({causes: held.join(', ')}));
    return sentences;
}

const lineColours = [okabe.blue, okabe.vermillion, okabe.green, okabe.purple, okabe.orange, okabe.sky, okabe.grey, okabe.black];

/** @param {View} view @param {Result[]} results @param {string} place @returns {Chart} */
export function placeChart(view, results, place) {
    const {words, result} = view, title = words.placeCurveTitle({name: view.name(place)});
    const shown = results.filter(other => placesOf(other).includes(place) && subjects(other).counts).map((other, i) => ({
        name: view.name(other.title), colour: lineColours[i % lineColours.length],
        rows: other.months.map((day, month) => ({day: parseDay(day), chance: chance(other, subjects(other).counts, placesOf(other).indexOf(place), month) ?? [0, 0, 0, 0]})),
    }));
    return {
        id: 'place-chance', title, lead: words.placeCurveLead,
        legend: shown.length > 1 ? shown.map(({name, colour}) => ({colour, shape: /** @type {const} */ ('line'), text: name})) : [],
        tables: [{name: 'place_by_month', title, table: {
            title: '', note: null, columns: [['by', 'date', 0], ...shown.map(({name}) => /** @type {[string, string | null, number]} */ ([name, '%', 1]))],
            rows: result.months.map((day, m) => [day, ...shown.map(({rows}) => rows[m]?.chance[0] ?? null)]),
        }}],
        draw: width => drawChances(view, shown, width),
    };
}

/** @param {View} view @param {string} place @returns {Chart | null} */
export function placeDelayChart(view, place) {
    const {words, format} = view, causes = delaysOf(view, place), sum = causes.reduce((days, row) => days + row.mean, 0);
    if (!causes.length) return null;
    const rows = causes.map((row, i) => ({
        name: view.name(row.cause), right: format.number(row.mean), value: row.mean, low: row.mean, high: row.mean, bar: true, colour: colourOf(row.cause, i).colour,
        text: words.delayPoint({name: view.name(place), cause: view.name(row.cause), days: format.number(row.mean), error: typeof row.mean_error === 'number' ? format.number(row.mean_error) : '?', share: format.percent(100 * row.mean / (sum || 1))}),
    }));
    const {place_delay: table} = view.result.tables;
    return {
        id: 'place-delay', title: words.placeDelayTitle({name: view.name(place), days: format.number(sum)}), lead: words.placeDelayLead,
        tables: [{name: 'place_delay_here', title: words.placeDelayTitle({name: view.name(place), days: format.number(sum)}), table: {...table, rows: table.rows.filter(row => row[0] === place)}}],
        draw: width => drawLines(view, rows, width, {unit: words.unitDays, least: 0}),
    };
}

/** The field in which a place is looked for. @param {View} view @param {string} place @param {(place: string) => void} choose */
export function placePicker(view, place, choose) {
    const {words} = view;
    let now = place;
    const field = element('input', {type: 'search', id: 'place', list: 'places', value: view.name(place), autocomplete: 'off', onchange: () => {
        const found = findPlace(view, field.value);
        if (found) choose(now = found);
        field.value = view.name(now);
    }, onfocus: () => field.select()});
    return element('div', {class: 'choice'}, element('label', {for: 'place'}, element('strong', {}, words.findPlace), ' '), field,
        element('datalist', {id: 'places'}, ...placesOf(view.result).map(name => element('option', {value: view.name(name)}))));
}
