// Scenario by outcome: what each variant changes against the base, at one glance.
import {element} from './element.js';
import {records} from './table.js';
import {parseDay} from './format.js';
import {peopled} from './answer.js';

/** @typedef {import('./types.js').View} View */
/** @typedef {import('./types.js').Comparison} Comparison */
/** @typedef {Record<string, any>} Row */

/** @param {View} view @param {Comparison} comparison */
function outcomes(view, comparison) {
    const {words, format, result} = view;
    /** @param {string} name @param {(row: Row) => boolean} which */
    const rowOf = (name, which) => (/** @type {string} */ scenario) => records(comparison.tables[name]).find(row => row.scenario === scenario && which(row));
    const days = [...new Set(records(comparison.tables.people).map(row => String(row.by)))], asked = result.months[view.month];
    const day = days.find(by => by === asked) ?? days[Math.floor(days.length / 2)];
    const landDays = [...new Set(records(comparison.tables.land).map(row => String(row.by)))], landDay = landDays.find(by => by === asked) ?? landDays[Math.floor(landDays.length / 2)];
    return [
        ...day && peopled(result) ? [{title: words.peopleBackOn({day: format.day(parseDay(day))}), unit: words.unitPersons, decimals: 0, find: rowOf('people', row => row.by === day)}] : [],
        ...landDay ? [{title: words.landReleasedBy({day: format.day(parseDay(landDay))}), unit: 'km²', decimals: 0, find: rowOf('land', row => row.by === landDay)}] : [],
        {title: words.moneySpentTitle, unit: words.unitMoney, decimals: 1, find: rowOf('money', row => row.purpose === 'mine action in all')},
        {title: words.victims, unit: words.unitPersons, decimals: 0, find: rowOf('victims', row => row.victim === 'all victims')},
    ];
}

/** Clear differences stand out; what could be zero says so. @param {View} view @param {Row | undefined} row @param {number} decimals */
function cellOf({words, format}, row, decimals) {
    if (!row) return element('td', {class: 'figure'}, '–');
    if (row.mark === '=') return element('td', {class: 'figure unclear'}, words.sameInAll);
    const signed = (/** @type {number | null} */ value) => value === null ? '?' : (value > 0 ? '+' : '') + format.number(value, decimals).replace(/^-0$/, '0');
    const clear = row.mark === '**' || row.mark === '*';
    return element('td', {class: clear ? 'figure' : 'figure unclear'}, element(clear ? 'strong' : 'span', {}, signed(row.difference)), element('br', {}),
        element('small', {}, `${signed(row.difference_low)} … ${signed(row.difference_high)}`), ...clear ? [] : [element('br', {}), element('small', {}, row.mark === '°' ? words.names['below the noise floor'] ?? row.verdict : words.unclearDifference)]);
}

/** @param {View} view @param {import('./types.js').Data} data @param {Comparison} comparison */
export function comparisonTable(view, data, comparison) {
    const {words, format} = view, columns = outcomes(view, comparison);
    const of = records(comparison.tables.place_release ?? {title: '', note: null, columns: [], rows: []}).length ? 'place_release' : 'district_completion';
    const rows = data.results.slice(1).map(result => {
        const places = records(comparison.tables[of]).filter(row => row.scenario === result.name), clear = places.filter(row => row.mark === '**');
        const count = (/** @type {number} */ way) => format.number(clear.filter(row => Math.sign(row.difference) === way).length);
        return element('tr', {}, element('th', {scope: 'row'}, view.name(result.title)),
            element('td', {class: 'figure'}, words.soonerLater({sooner: count(-1), later: count(1), all: format.number(places.length)})),
            ...columns.map(({find, decimals}) => cellOf(view, find(result.name), decimals)));
    });
    const head = [words.columns.scenario, of === 'place_release' ? words.placesClearly : words.districtsClearly, ...columns.map(({title, unit}) => `${title} [${unit}]`)];
    return element('div', {class: 'table glance', id: 'comparison-table', tabindex: '0', role: 'region', 'aria-label': words.comparisonTitle},
        element('table', {}, element('caption', {}, words.comparisonTitle), element('thead', {}, element('tr', {}, ...head.map(text => element('th', {scope: 'col'}, text)))), element('tbody', {}, ...rows)));
}
