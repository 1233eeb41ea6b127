// Which charts the page has, with their tables: everything between the numbers and the drawings.
import {records} from './table.js';
import {band, blueBand, chanceClasses, colourOf, dotColour, ink, okabe} from './colours.js';
import {chance, drawMap, releasedBefore} from './charts/map.js';
import {drawFans} from './charts/fan.js';
import {drawTimeline} from './charts/timeline.js';
import {drawStacks} from './charts/stacks.js';
import {drawYears} from './charts/years.js';
import {todaySign} from './charts/today.js';
import {parseDay} from './format.js';
import {peopled} from './answer.js';

/** @typedef {import('./types.js').View} View */
/** @typedef {import('./types.js').Table} Table */
/** @typedef {import('./figure.js').Chart} Chart */

/** @param {View} view @param {string[]} names */
const tablesOf = (view, names) => names.filter(name => view.result.tables[name]).map(name => ({name, title: view.result.tables[name].title, table: view.result.tables[name]}));

/** The table that `homeward summary --by` gives for this date. @param {View} view @param {string} label @param {string[]} names @param {number[][] | undefined} counts @returns {Table} */
function tableBy(view, label, names, counts) {
    const {result, month} = view;
    return {
        title: '', note: null,
        columns: [[label, null, 0], ['by', 'date', 0], ['probability', '%', 1], ['probability_low', '%', 1], ['probability_high', '%', 1], ['probability_error', '%', 1]],
        rows: names.map((name, i) => [name, result.months[month], ...(chance(result, counts, i, month) ?? [null, null, null, null])]).filter(([name]) => !(label === 'place' && releasedBefore(result, String(name)))),
    };
}

/** @param {View} view @param {any} map @returns {Chart} */
export function mapChart(view, map) {
    const {words, format, result} = view;
    const day = format.day(parseDay(result.months[view.month]));
    return {
        id: 'map', title: mapFinding(view, day), lead: result.places.length ? words.mapLead : words.mapLeadDistricts, note: result.places.length ? words.mapNote : undefined,
        legend: [...chanceClasses.map((colour, i) => ({colour, text: words.classes[i]})), ...result.places.length ? /** @type {import('./types.js').Sign[]} */ ([{colour: dotColour, shape: 'glass', text: words.settlement}, {colour: dotColour, shape: 'rhombus', text: words.corridor}]) : []],
        tables: [
            ...result.places.length ? [{name: 'place_release_by', title: words.tablePlacesBy({day}), table: tableBy(view, 'place', result.places, result.counts.place_release_day)}] : [],
            {name: 'district_completion_by', title: words.tableDistrictsBy({day}), table: tableBy(view, 'district', result.districts, result.counts.district_completion_day)},
        ],
        draw: width => drawMap(view, map, width),
    };
}

/** The line at which knowledge ends. @param {View} view @returns {import('./types.js').Sign[]} */
const knowledge = ({result, words, format}) => result.as_of !== undefined ? [{colour: okabe.purple, shape: 'line', text: words.knownTo({day: format.day(parseDay(result.as_of))})}] : [];

/** Released and found anew by year, where the results tell of it. @param {View} view @param {import('./types.js').Sign[]} bands @returns {Chart[]} */
function yearCharts(view, bands) {
    const {words, result} = view, table = result.tables.land_by_year;
    if (!table) return [];
    const rows = records(table);
    /** The year's amount in each of its months. @param {string} land @returns {import('./types.js').Quantiles[]} */
    const months = land => result.months.map(month => {
        const row = rows.find(r => r.land === land && r.year === Number(month.slice(0, 4)));
        return row ? [row.p10, row.p50, row.p90] : [0, 0, 0];
    });
    return [{
        id: 'land-by-year', title: words.yearsTitle, lead: words.yearsLead, legend: bands, tables: tablesOf(view, ['land_by_year']),
        draw: width => drawFans(view, [{name: words.releasedInYear, colour: okabe.blue, series: months('released')}, {name: words.foundInYear, colour: okabe.vermillion, series: months('found anew')}], words.unitHa, false, width),
    }];
}

// ---- findings: what a chart shows, in its title

/** @param {View} view @param {string} day */
function mapFinding(view, day) {
    const {words, format, result} = view;
    const count = (/** @type {string[]} */ names, /** @type {number[][] | undefined} */ counts) => ({all: format.number(names.length), likely: format.number(names.filter((_, i) => (chance(result, counts, i, view.month)?.[0] ?? 0) > 50).length)});
    const districts = count(result.districts, result.counts.district_completion_day), places = count(result.places, result.counts.place_release_day);
    return result.places.length ? words.mapFinding({day, places: places.likely, placesAll: places.all, districts: districts.likely, districtsAll: districts.all})
        : words.mapFindingDistricts({day, districts: districts.likely, districtsAll: districts.all});
}

/** The last of a series as words. @param {View} view @param {import('./types.js').Quantiles[]} series */
function ending({format, result}, series) {
    const [low, middle, high] = series[series.length - 1].map(value => format.round(value));
    return {low, middle, high, year: result.horizon.slice(0, 4)};
}

/** @param {View} view */
function landFinding(view) {
    const {remaining} = view.result.series.ledger_m2 ?? {};
    return remaining ? view.words.landFinding({...ending(view, remaining), first: view.format.round(remaining[0][1])}) : null;
}

/** @param {View} view @param {import('./types.js').Quantiles[]} people */
const peopleFinding = (view, people) => view.words.peopleFinding(ending(view, people));

/** From the first middle case to the last. @param {View} view @param {Table} table */
function timelineFinding(view, table) {
    const {words, format, result} = view, rows = records(table), label = table.columns[0][0];
    const dated = rows.filter(row => row.p50 !== null && !String(row.p50).startsWith('after')).sort((a, b) => Number(a.p50 > b.p50) - Number(a.p50 < b.p50));
    if (dated.length < 2) return null;
    const first = dated[0], last = dated[dated.length - 1], open = rows.length - dated.length;
    return words.whenFinding({first: view.name(first[label]), firstDay: format.day(parseDay(first.p50)), last: view.name(last[label]), lastDay: format.day(parseDay(last.p50)), open: open ? format.number(open) : '', all: format.number(rows.length), year: result.horizon.slice(0, 4)});
}

/** @param {View} view @param {Record<string, import('./types.js').Quantiles[]>} victims */
function victimsFinding(view, victims) {
    const killed = victims['civilian killed'], injured = victims['civilian injured'];
    if (!killed || !injured) return null;
    const dead = ending(view, killed), hurt = ending(view, injured);
    return view.words.victimsFinding({killed: dead.middle, killedLow: dead.low, killedHigh: dead.high, injured: hurt.middle, injuredLow: hurt.low, injuredHigh: hurt.high, year: dead.year});
}

// ---- charts over time

/** @param {View} view @returns {Chart[]} */
export function landCharts(view) {
    const {words, result} = view;
    const bands = [{colour: okabe.grey, text: words.middle, shape: /** @type {const} */ ('line')}, {colour: band, text: words.band}, ...knowledge(view), ...todaySign(view)];
    /** @type {Chart[]} */
    const charts = [];
    const ledgers = result.series.ledger_m2, people = result.series.people_back;
    if (ledgers)
        charts.push({
            id: 'land', title: landFinding(view) ?? words.landTitle, lead: `${words.landTitle}. ${words.landLead}`, legend: bands, tables: tablesOf(view, ['ledgers']),
            draw: width => drawFans(view, Object.entries(ledgers).map(([name, series], i) => ({name: view.name(name), colour: colourOf(name, i).colour, series})), words.unitHa, true, width),
        });
    charts.push(...yearCharts(view, bands));
    if (people && peopled(result))
        charts.push({
            id: 'people', title: peopleFinding(view, people.all), lead: `${words.peopleTitle}. ${words.peopleLead}`, legend: bands, tables: tablesOf(view, ['people_back']),
            draw: width => drawFans(view, [{name: '', colour: okabe.green, series: people.all}], words.unitPersons, false, width),
        });
    return charts;
}

/** @typedef {'place_release' | 'place_first_return' | 'district_completion'} Event */

/** @param {View} view @param {Event} event @param {HTMLElement | null} controls @returns {Chart} */
export function timelineChart(view, event, controls) {
    const {words, result, format} = view;
    const table = result.tables[event];
    return {
        id: 'timeline', title: timelineFinding(view, table) ?? words.whenTitle[event], lead: `${words.whenTitle[event]}. ` + words.whenLead({year: result.horizon.slice(0, 4)}) + (result.tables.place_facts && event !== 'district_completion' ? ' ' + words.factsLead({day: format.day(parseDay(result.start))}) : ''), controls: controls ?? undefined, tables: tablesOf(view, event === 'district_completion' ? [event, 'all_districts'] : [event, 'place_facts']),
        legend: [{colour: blueBand, text: words.band}, {colour: ink, shape: 'line', text: words.middle}, {colour: okabe.vermillion, text: words.openEnd}, ...knowledge(view), ...todaySign(view)],
        draw: width => drawTimeline(view, table, width, parseDay(result.months[view.month])),
    };
}

/** Half of a mean's interval, '?' where it is not known. @param {View} view */
const errorWriter = view => (/** @type {Record<string, any> | undefined} */ row, /** @type {number} */ decimals) => typeof row?.mean_error === 'number' ? view.format.number(row.mean_error, decimals) : '?';

/** @param {View} view @returns {Chart | null} */
export function delayChart(view) {
    const {words, format, result} = view;
    const table = result.tables.place_delay;
    const rows = table ? records(table).filter(row => row.cause !== 'housing') : [];
    if (!rows.length) return null;
    const errorOf = errorWriter(view);
    const causes = [...new Set(rows.filter(row => row.mean > 0).map(row => row.cause))];
    const days = (/** @type {typeof rows} */ some) => some.reduce((sum, row) => sum + row.mean, 0);
    const all = days(rows) || 1;
    const ranked = causes.map(cause => ({cause, share: 100 * days(rows.filter(row => row.cause === cause)) / all})).sort((a, b) => b.share - a.share);
    const stacks = [...new Set(rows.map(row => row.place))].map(place => {
        const mine = rows.filter(row => row.place === place), sum = days(mine);
        return {
            name: view.name(place), sum, right: format.number(sum),
            parts: mine.map(row => ({label: row.cause, value: row.mean, text: words.delayPoint({name: view.name(place), cause: view.name(row.cause), days: format.number(row.mean), error: errorOf(row, 0), share: format.percent(100 * row.mean / (sum || 1))})})),
        };
    }).sort((a, b) => a.sum - b.sum);
    return {
        id: 'delay', title: words.delayFinding({causes: ranked.slice(0, 2).map(({cause}) => view.name(cause)).join(` ${words.andWord} `), share: format.percent(ranked.slice(0, 2).reduce((sum, one) => sum + one.share, 0))}), lead: `${words.delayTitle}. ` + words.delayLead({causes: ranked.slice(0, 3).map(({cause, share}) => `${view.name(cause)} (${format.percent(share)})`).join(', ')}),
        legend: causes.map((cause, i) => ({...colourOf(cause, i), text: view.name(cause)})), tables: tablesOf(view, ['place_delay']),
        draw: width => drawStacks(view, stacks, causes, width, {unit: words.unitDays, rightTitle: words.unitDays}),
    };
}

// What is pledged ends as one of these; what is committed and disbursed is on its way there.
const ends = ['spent', 'held', 'lapsed', 'returned', 'dropped'];

/** What became of the money of some streams. @param {View} view @param {(stream: string) => boolean} which @param {{id: string, title: string, lead: string, note?: string, tables: string[]}} said @returns {Chart | null} */
function fatesChart(view, which, said) {
    const {words, format, result} = view;
    const rows = records(result.tables.money_by_stream).filter(row => which(row.stream));
    const fates = ends.filter(fate => rows.some(row => row.fate === fate));
    if (!fates.length) return null;
    const errorOf = errorWriter(view);
    const rowOf = (/** @type {string} */ stream, /** @type {string} */ fate) => rows.find(row => row.stream === stream && row.fate === fate);
    const mean = (/** @type {string} */ stream, /** @type {string} */ fate) => rowOf(stream, fate)?.mean ?? 0;
    const streams = [...new Set(rows.map(row => row.stream))];
    const lost = streams.map(stream => ({stream, lost: mean(stream, 'lapsed') + mean(stream, 'returned')})).sort((a, b) => b.lost - a.lost);
    const total = lost.reduce((sum, s) => sum + s.lost, 0);
    const names = lost.slice(0, 2).filter(s => s.lost > 0).map(s => `${view.name(s.stream)} (${format.round(s.lost)})`).join(', ');
    return {
        id: said.id, title: said.title || (total > 0 ? words.lapsedLead({lapsed: format.round(total), names}).replace(/\.$/, '') : words.streamsTitle), lead: said.lead, note: said.note,
        legend: fates.map((fate, i) => ({...colourOf(fate, i), text: view.name(fate)})), tables: tablesOf(view, said.tables),
        draw: width => drawStacks(view, streams.map(stream => {
            const pledged = mean(stream, 'pledged') || fates.reduce((sum, fate) => sum + mean(stream, fate), 0) || 1;
            return {
                name: view.name(stream), right: format.number(pledged, pledged < 10 ? 1 : 0),
                parts: fates.map(fate => ({label: fate, value: 100 * mean(stream, fate) / pledged, text: words.streamPoint({name: view.name(stream), fate: view.name(fate), amount: format.number(mean(stream, fate), 1), error: errorOf(rowOf(stream, fate), 1), share: format.percent(100 * mean(stream, fate) / pledged)})})),
            };
        }), fates, width, {top: 100, unit: '%', rightTitle: words.unitSpent}),
    };
}

/** Money of mine action, and apart from it that of reconstruction, which is much more. @param {View} view @returns {(Chart | null)[]} */
export function streamsCharts(view) {
    const {words, result} = view, builds = (/** @type {string} */ stream) => result.reconstruction?.includes(stream) ?? false;
    return [
        fatesChart(view, stream => !builds(stream), {id: 'streams', title: '', lead: `${words.streamsTitle}. ${words.streamsLead}`, tables: ['money_by_stream']}),
        fatesChart(view, builds, {id: 'reconstruction', title: words.reconstructionTitle, lead: words.streamsLead, note: words.reconstructionNote, tables: []}),
    ];
}

/** @param {View} view @param {readonly Record<string, any>[]} sums @param {number} spent */
function spentFinding(view, sums, spent) {
    const most = sums.filter(row => row.purpose !== 'building').sort((a, b) => b.mean - a.mean)[0];
    return most && spent > 0 ? view.words.spentFinding({spent: view.format.round(spent), purpose: view.name(most.purpose), share: view.format.percent(100 * most.mean / spent), year: view.result.horizon.slice(0, 4)}) : null;
}

/** @param {View} view @returns {Chart | null} */
export function purposesChart(view) {
    const {words, format, result} = view;
    const rows = records(result.tables.spending_by_purpose_and_year), sums = records(result.tables.spending_by_purpose);
    if (!rows.length) return null;
    const purposes = [...new Set(rows.filter(row => row.mean > 0).map(row => row.purpose))];
    const amounts = rows.map(row => ({year: Number(row.year), label: row.purpose, value: Number(row.mean)}));
    const built = amounts.some(a => a.label === 'building' && a.value > 0) ? amounts.filter(a => a.label === 'building') : [], action = amounts.filter(a => a.label !== 'building');
    const standby = sums.find(row => row.purpose === 'standby');
    const spent = sums.filter(row => row.purpose !== 'building').reduce((sum, row) => sum + row.mean, 0);
    const panels = [{name: words.mineAction, amounts: action}];
    if (built.length) panels.push({name: words.reconstruction, amounts: built});
    return {
        id: 'purposes', title: spentFinding(view, sums, spent) ?? words.purposesTitle,
        lead: `${words.purposesTitle}. ` + (standby ? words.purposesLead({standby: format.round(standby.p50), low: format.round(standby.p10), high: format.round(standby.p90), share: format.percent(100 * standby.mean / (spent || 1))}) + ' ' : '') + (panels.length > 1 ? words.purposesPlain : ''),
        legend: purposes.filter(purpose => purpose !== 'building').map((purpose, i) => ({colour: colourOf(purpose, i).colour, text: view.name(purpose)})),
        tables: tablesOf(view, ['spending_by_purpose', 'spending_by_purpose_and_year', 'spending_by_stream', 'unspent', 'unspent_by_year']),
        draw: width => drawYears(view, panels, purposes, width),
    };
}

/** @param {View} view @returns {Chart | null} */
export function victimsChart(view) {
    const {words, result} = view;
    const victims = result.series.victims;
    if (!victims) return null;
    const colours = [okabe.vermillion, okabe.orange, okabe.purple, okabe.blue, okabe.green, okabe.sky];
    return {
        id: 'casualties', title: victimsFinding(view, victims) ?? words.victimsTitle, lead: `${words.victimsTitle}. ${words.victimsLead}`, tables: tablesOf(view, ['casualties', 'casualties_by_year']),
        legend: [{colour: okabe.grey, text: words.middle, shape: 'line'}, {colour: band, text: words.band}, ...todaySign(view)],
        draw: width => drawFans(view, Object.entries(victims).map(([name, series], i) => ({name: view.name(name), colour: colours[i % colours.length], series})), words.unitPersons, false, width),
    };
}

