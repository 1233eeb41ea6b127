// What other scenarios change against the first one, on the same worlds: sentences, and a chart of the days.
import {element} from './element.js';
import {records} from './table.js';
import {drawDifferences, later, sooner, unclear} from './charts/differences.js';
import {parseDay} from './format.js';
import {peopled} from './answer.js';

/** @typedef {import('./types.js').View} View */
/** @typedef {import('./types.js').Comparison} Comparison */
/** @typedef {import('./types.js').Result} Result */
/** @typedef {import('./figure.js').Chart} Chart */
/** @typedef {Record<string, any>} Row */

/** "210 days sooner (95 %: 180 to 240)". @param {View} view @param {Row} row @param {string} unit @param {string} more @param {string} less @param {number} decimals */
export function saySize(view, row, unit, more, less, decimals) {
    const {words, format} = view;
    if (row.mark === '=') return words.sameInAll;
    const unclear = row.mark === '~' || row.mark === '°', turned = row.difference < 0 && !unclear, sign = turned ? -1 : 1;
    const number = (/** @type {number | null} */ value) => value === null ? '?' : format.number(sign * value, decimals);
    const said = {amount: number(row.difference), unit, low: number(turned ? row.difference_high : row.difference_low), high: number(turned ? row.difference_low : row.difference_high)};
    if (row.mark === '°') return words.sizeFloor(said);
    if (row.mark === '~') return words.sizeUnclear(said);
    return words.sizeClear({...said, way: turned ? less : more, alone: row.mark === '*'});
}

/** What is released: places, or districts where the results have none. @param {Comparison} comparison */
function released(comparison) {
    const places = records(comparison.tables.place_release ?? {columns: [], rows: []}).length > 0;
    return places ? {table: 'place_release', of: 'place'} : {table: 'district_completion', of: 'district'};
}

/** @param {View} view @param {Comparison} comparison @param {string} scenario @returns {string[]} */
export function comparisonSentences(view, comparison, scenario) {
    const {words, format} = view;
    /** @param {string} name */
    const rowsOf = name => records(comparison.tables[name]).filter(row => row.scenario === scenario);
    const {table, of} = released(comparison), places = rowsOf(table), clear = places.filter(row => row.mark === '**');
    const count = (/** @type {Row[]} */ some) => format.number(some.length);
    const sentences = [(of === 'place' ? words.placesChanged : words.districtsChanged)({
        all: count(places), sooner: count(clear.filter(row => row.difference < 0)), later: count(clear.filter(row => row.difference > 0)),
        alone: count(places.filter(row => row.mark === '*')), unclear: count(places.filter(row => row.mark === '~' || row.mark === '°')), same: count(places.filter(row => row.mark === '=')),
    })];
    const told = [...(clear.length ? clear : places.filter(row => row.mark === '*'))].sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference)).slice(0, 3);
    for (const row of told) sentences.push(words.placeChanged({place: view.name(row[of]), size: saySize(view, row, words.unitDays, words.later, words.sooner, 0)}));
    const dates = rowsOf('people'), people = dates.find(row => row.by === view.result.months[view.month]) ?? dates[Math.floor(dates.length / 2)];
    if (people && peopled(view.result)) sentences.push(words.peopleChanged({day: format.day(parseDay(people.by)), size: saySize(view, people, words.unitPersons, words.more, words.fewer, 0)}));
    const money = rowsOf('money').find(row => row.purpose === 'mine action in all');
    if (money) sentences.push(words.moneyChanged({size: saySize(view, money, words.unitMoney, words.more, words.less, 1)}));
    const victims = rowsOf('victims').find(row => row.victim === 'all victims');
    const cut = records(comparison.tables.censoring ?? {columns: [], rows: []}).filter(row => row.table === table);
    if (cut.length) sentences.push((of === 'place' ? words.censoredMeans : words.censoredDistricts)({count: format.number(cut.length), all: count(places), names: cut.slice().sort((a, b) => b.most - a.most).slice(0, 3).map(row => `${view.name(row.of)} ${format.percent(row.most)}`).join(', ')}));
    if (victims) sentences.push(words.victimsChanged({size: saySize(view, victims, words.unitPersons, words.more, words.fewer, 1)}));
    return sentences;
}

/** @param {View} view @param {Comparison} comparison @param {Result} result of the variant @param {number} number @returns {Chart} */
export function differencesChart(view, comparison, result, number) {
    const {words, format} = view;
    const signed = (/** @type {number} */ value) => (value > 0 ? '+' : '') + format.number(value).replace(/^-0$/, '0');
    const {table, of} = released(comparison);
    const reach = Math.max(...records(comparison.tables[table]).flatMap(row => [row.difference, row.difference_low, row.difference_high]).map(value => Math.abs(value ?? 0)));
    const rows = records(comparison.tables[table]).filter(row => row.scenario === result.name).sort((a, b) => a.difference - b.difference).map(row => ({
        name: view.name(row[of]), difference: row.difference, low: row.difference_low, high: row.difference_high, mark: row.mark, right: signed(row.difference),
        text: words.placeChanged({place: view.name(row[of]), size: saySize(view, row, words.unitDays, words.later, words.sooner, 0)}),
    }));
    /** What the rows of each table are about. @type {Record<string, string[]>} */
    const about = {place_release: ['place'], place_release_by: ['place', 'by'], district_completion: ['district'], land: ['land', 'by'], people: ['people'], money: ['purpose'], victims: ['victim']};
    const names = Object.keys(about).filter(name => comparison.tables[name]?.rows.length);
    return {
        id: `differences-${number}`, title: (of === 'place' ? words.differencesTitle : words.differencesDistricts)({title: view.name(result.title)}), lead: words.differencesLead,
        legend: [{colour: sooner, shape: 'dot', text: words.sooner}, {colour: later, shape: 'dot', text: words.later}, {colour: unclear, shape: 'dot', text: words.unclearDifference}],
        tables: names.map(name => ({name: `compare-${name}`, title: comparison.tables[name].title, table: comparison.tables[name], button: about[name].map(column => words.columns[column]).join(', ')})),
        draw: width => drawDifferences(rows, width, {rightTitle: words.unitDays, tell: signed, reach}),
    };
}

/** A value that both have, or one alone. @param {import('./types.js').Words} words @param {string | null} base @param {string | null} variant */
export const changeOf = (words, base, variant) => base === null ? words.valueAdded({value: variant === '...' ? '' : variant ?? ''}).trim() : variant === null ? words.valueTaken({value: base}) : `${base} → ${variant}`;

/** The values in which the variant differs. @param {View} view @param {Comparison} comparison @param {string} scenario */
export function changedValues(view, comparison, scenario) {
    const rows = records(comparison.tables.differing_values).filter(row => row.scenario === scenario);
    if (!rows.length) return null;
    const most = 12;
    return element('div', {}, element('h4', {}, view.words.changedValues),
        element('ul', {class: 'changed'}, ...rows.slice(0, most).map(row => element('li', {}, element('code', {}, row.path), `: ${changeOf(view.words, row.base, row.variant)}`,
            row.ground === 'yes' && element('strong', {}, ` (${view.words.changesGround})`))), rows.length > most && element('li', {}, view.words.andMore({count: view.format.number(rows.length - most)}))));
}
