// Answers to questions of what to do: the sentences of the program, its tables, and a chart where one would rather look.
// All figures are those of `homeward pledge`, `target`, `rank`, `worth`, `discover`, ...
import {element} from './element.js';
import {records, tableElement} from './table.js';
import {blueBand, okabe} from './colours.js';
import {drawByYear, drawConfidence, drawLines} from './charts/decisions.js';

/** @typedef {import('./types.js').View} View */
/** @typedef {import('./types.js').Answer} Answer */
/** @typedef {import('./types.js').Table} Table */
/** @typedef {import('./figure.js').Chart} Chart */
/** @typedef {Record<string, any>} Row */

const shownMost = 12;

/** What each question shows: tables behind its chart, and one that stands open. @type {Record<string, {behind: string[], open?: string, columns?: string[]}>} */
const shows = {
    pledge: {behind: ['by_year', 'gift', 'unspent', 'streams', 'strings', 'places', 'districts'], open: 'brought', columns: ['what', 'units', 'gain', 'gain_low', 'gain_high', 'per_million', 'verdict']},
    target: {behind: ['curve', 'proof', 'held']},
    allocate: {behind: ['shares', 'proof', 'regret'], open: 'proof'},
    rank: {behind: ['ranking']},
    worth: {behind: ['worth', 'decisions']},
    discover: {behind: ['limits', 'box']},
    adapt: {behind: ['worth', 'plans', 'spending'], open: 'signposts'},
};

/** @param {View} view @param {Answer} answer */
export const answerTitle = ({words}, {question}) => words.questions[question] ?? question;
/** @param {View} view @param {Answer} answer */
export const answerShort = ({words}, {question}) => words.shortQuestions[question] ?? question;

/** @param {Answer} answer @param {string} fact */
const factOf = (answer, fact) => records(answer.tables.about).find(row => row.fact === fact)?.value ?? '';

/** The units of a column. @param {View} view @param {Table} table @param {string} column */
function unitsOf({words}, table, column) {
    const units = table.columns.find(([name]) => name === column)?.[1] ?? '';
    return words.units[units] ?? units;
}

/** The program's sentences, which are English. @param {View} view @param {Answer} answer */
export function answerLead({words}, answer) {
    const [first, ...others] = records(answer.tables.findings).map(row => row.finding);
    return [element('div', {class: 'sentences', lang: 'en'}, element('p', {}, first)),
            others.length > 0 && element('ul', {class: 'findings', lang: 'en'}, ...others.map(text => element('li', {}, text))),
            element('p', {class: 'reading'}, words.answerOf)];
}

/** Chosen columns of a table. @param {Table} table @param {string[] | undefined} names @returns {Table} */
function narrowed(table, names) {
    const at = names ? names.map(name => table.columns.findIndex(([column]) => column === name)).filter(i => i >= 0) : table.columns.map((_, i) => i);
    return {...table, columns: at.map(i => table.columns[i]), rows: table.rows.map(row => at.map(i => row[i]))};
}

/** The table that stands open: of a question without a chart its first. @param {View} view @param {Answer} answer @param {boolean} charted */
export function answerTable(view, answer, charted) {
    const show = shows[answer.question], name = show ? show.open : charted ? undefined : Object.keys(answer.tables)[0];
    const table = name !== undefined ? answer.tables[name] : undefined;
    return table ? element('div', {lang: 'en'}, tableElement(narrowed(table, show?.columns), view, table.title)) : null;
}

/** How to get the answer again. @param {View} view @param {Answer} answer */
export function answerFacts({words}, answer) {
    /** @type {[string, string, string][]} */
    const facts = [[words.facts.command, answer.command, 'code'], [words.facts.seed, answer.seed, ''], [words.facts.digest, answer.digest.replace(/[0-9a-f]{64}/g, digest => digest.slice(0, 12)), 'code'], [words.facts.version, `homeward ${answer.version}`, ''], [words.facts.file, answer.file, '']];
    return element('dl', {class: 'again'}, ...facts.flatMap(([term, text, kind]) => [element('dt', {}, term), element('dd', {class: kind}, text)]));
}

/** What every chart of an answer has. @param {Answer} answer @param {number} number */
function frame(answer, number) {
    const count = Number(String(factOf(answer, 'worlds') || factOf(answer, 'worlds for each decision') || factOf(answer, 'pairs') || 0));
    return {
        id: `decision-${number}`, origin: {title: answer.file, version: answer.version, count, seed: answer.seed, digest: answer.digest},
        tables: shows[answer.question].behind.filter(name => answer.tables[name]).map(name => ({name, title: answer.tables[name].title, table: answer.tables[name], button: name.replaceAll('_', ' ')})),
    };
}

/** @param {View} view @param {Answer} answer @param {number} number @returns {Chart | null} */
function curveChart(view, answer, number) {
    const {words, format} = view, {curve} = answer.tables, unit = unitsOf(view, curve, 'amount');
    const rows = records(curve).map(row => ({
        x: row.spent, amount: row.amount, met: row.met, low: row.met_low, high: row.met_high, then: row.met_by_then,
        text: words.curvePoint({amount: `${format.round(row.amount)} ${unit}`, spent: format.number(row.spent, 1), met: format.percent(row.met), low: format.percent(row.met_low), high: format.percent(row.met_high)}),
    })).sort((a, b) => a.x - b.x);
    const asked = /with ([\d.]+) %$/.exec(factOf(answer, 'aim')), [found] = records(answer.tables.answer), chosen = rows.find(row => row.amount === found?.answer);
    return {
        ...frame(answer, number), title: words.curveTitle({aim: factOf(answer, 'aim')}), lead: words.curveLead,
        legend: [{colour: okabe.blue, shape: 'line', text: words.curveMet}, {colour: blueBand, text: words.interval95}, {colour: okabe.vermillion, shape: 'line', text: words.curveThen}, ...chosen ? [{colour: okabe.purple, shape: /** @type {const} */ ('line'), text: words.curveAnswer}] : []],
        draw: width => drawConfidence(view, rows, {unit: words.curveUnit, aim: asked ? Number(asked[1]) : null, answer: chosen ? chosen.x : null, answerText: chosen ? `${format.round(chosen.amount)} ${unit}` : ''}, width),
    };
}

/** @param {View} view @param {Answer} answer @param {number} number @returns {Chart | null} */
function receiptChart(view, answer, number) {
    const {words, format} = view, kinds = [words.ofTheGift, words.moreInAll];
    const rows = records(answer.tables.by_year).flatMap(row => ['gift_spent', 'added'].map((column, i) => ({
        year: String(row.year), kind: kinds[i], value: row[column] ?? 0, error: row[`${column}_error`] ?? 0, colour: i ? okabe.blue : okabe.orange,
        text: words.yearPoint({year: String(row.year), kind: kinds[i], value: format.number(row[column] ?? 0, 2), error: row[`${column}_error`] === null ? '?' : format.number(row[`${column}_error`], 2)}),
    })));
    return {
        ...frame(answer, number), title: words.receiptTitle, lead: words.receiptLead, legend: [{colour: okabe.orange, text: kinds[0]}, {colour: okabe.blue, text: kinds[1]}],
        draw: width => drawByYear(view, rows, kinds, words.unitMoney, width),
    };
}

/** @param {View} view @param {Answer} answer @param {number} number @returns {Chart | null} */
function rankChart(view, answer, number) {
    const {words, format} = view, {ranking} = answer.tables, unit = unitsOf(view, ranking, 'difference');
    const indifference = `${format.round(Number.parseFloat(factOf(answer, 'indifference')))} ${unit}`;
    const rows = records(ranking).map(row => {
        const error = row.difference_error ?? 0, verdict = words.rankVerdicts[row.verdict] ?? row.verdict, digits = Math.abs(row.difference) < 10 ? 2 : 0;
        return {name: view.name(row.scenario), right: verdict, value: row.difference, low: row.difference - error, high: row.difference + error, colour: row.verdict === 'left out' ? okabe.grey : okabe.blue,
                text: `${view.name(row.scenario)}: ${format.number(row.difference, digits)} ±${format.number(error, digits)} ${unit}, ${verdict}`};
    });
    return {...frame(answer, number), title: words.rankTitle({measure: factOf(answer, 'measure')}), lead: words.rankLead({indifference}), legend: [{colour: okabe.blue, shape: 'dot', text: words.rankVerdicts['may be best']}, {colour: okabe.grey, shape: 'dot', text: words.rankVerdicts['left out']}],
            draw: width => drawLines(view, rows, width, {unit})};
}

/** The best shares as bars; what today's are stands beside them. @param {View} view @param {Answer} answer @param {number} number @returns {Chart | null} */
function sharesChart(view, answer, number) {
    const {words, format} = view, {shares} = answer.tables, [noun] = shares.columns[0];
    const rows = records(shares).map(row => {
        const name = view.name(String(row[noun])), today = words.todayShare({share: format.percent(row.today)});
        return {name, right: today, value: row.best, low: row.best, high: row.best, colour: okabe.blue, bar: true, text: `${name}: ${format.number(row.best, 1)} %, ${today}`};
    });
    return {...frame(answer, number), title: words.sharesTitle, lead: words.sharesLead, legend: [{colour: okabe.blue, text: words.bestShare}], draw: width => drawLines(view, rows, width, {unit: '%', least: 0})};
}

/** @param {View} view @param {Answer} answer @param {number} number @returns {Chart | null} */
function worthChart(view, answer, number) {
    const {words, format} = view, {worth} = answer.tables, unit = unitsOf(view, worth, 'worth');
    const all = records(worth).filter(row => row.worth !== null), clear = all.filter(row => row.verdict === 'clear among all'), chosen = [...clear, ...all.filter(row => row.verdict !== 'clear among all')].slice(0, Math.max(shownMost, clear.length));
    const rows = chosen.map(row => {
        const error = row.worth_error ?? 0, digits = Math.abs(row.worth) < 10 ? 2 : 0, verdict = words.worthVerdicts[row.verdict] ?? row.verdict;
        return {name: row.of, right: format.number(row.worth, digits), value: row.worth, low: Math.max(0, row.worth - error), high: row.worth + error, colour: row.verdict === 'could be zero' ? okabe.grey : okabe.blue,
                text: `${row.of}: ${format.number(row.worth, digits)} ±${format.number(error, digits)} ${unit}, ${verdict}`};
    });
    return {...frame(answer, number), title: words.worthTitle, lead: words.worthLead, note: all.length > rows.length ? words.moreInTable({count: format.number(all.length - rows.length)}) : undefined,
            legend: [{colour: okabe.blue, shape: 'dot', text: words.worthVerdicts['clear among all']}, {colour: okabe.grey, shape: 'dot', text: words.worthVerdicts['could be zero']}], draw: width => drawLines(view, rows, width, {unit})};
}

/** @param {View} view @param {Answer} answer @param {number} number @returns {Chart | null} */
function boxChart(view, answer, number) {
    const {words, format} = view, [box] = records(answer.tables.box);
    if (!box || !records(answer.tables.limits).length) return null;
    const shares = /** @type {[string, number][]} */ ([[words.badOfAll, box.bad / box.worlds], [words.badInside, box.bad_inside / box.inside], [words.badCovered, box.bad_inside / box.bad]]);
    const rows = shares.map(([name, share], i) => ({name, right: format.percent(100 * share), value: 100 * share, low: 0, high: 100 * share, bar: true, colour: i === 0 ? okabe.grey : okabe.vermillion, text: `${name}: ${format.percent(100 * share)}`}));
    return {...frame(answer, number), title: words.boxTitle({bad: factOf(answer, 'bad')}), lead: words.boxLead, draw: width => drawLines(view, rows, width, {unit: '%', most: 100})};
}

/** The best rule against the best fixed plan. @param {View} view @param {Answer} answer @param {number} number @returns {Chart | null} */
function ruleChart(view, answer, number) {
    const {words, format} = view, {worth} = answer.tables, unit = unitsOf(view, worth, 'gain');
    const rows = records(worth).map((row, i) => {
        const low = row.gain_low ?? row.gain, high = row.gain_high ?? row.gain, digits = Math.abs(row.gain) < 10 ? 2 : 0, name = i ? words.onFresh : words.onChoosing;
        return {name, right: format.number(row.gain, digits), value: row.gain, low, high, colour: i ? okabe.blue : okabe.grey, text: words.rulePoint({name, gain: format.number(row.gain, digits), low: format.number(low, digits), high: format.number(high, digits), unit})};
    });
    return {...frame(answer, number), title: words.ruleTitle({measure: factOf(answer, 'measure')}), lead: words.ruleLead, draw: width => drawLines(view, rows, width, {unit})};
}

/** The limits of a box, one card each. @param {View} view @param {Answer} answer */
function limitCards({words, format}, answer) {
    const limits = records(answer.tables.limits), number = (/** @type {number} */ value) => format.number(value, Math.abs(value) < 10 ? 3 : Math.abs(value) < 1000 ? 1 : 0);
    return element('ul', {class: 'cards'}, ...limits.map(row => element('li', {}, element('code', {}, row.value),
        element('strong', {}, words.between({form: row.low === null ? 'below' : row.high === null ? 'above' : '', low: row.low === null ? '' : number(row.low), high: row.high === null ? '' : number(row.high), units: row.units ?? ''}).trim()),
        element('span', {}, words.limitKept({inside: format.percent(row.worlds_inside), kept: format.percent(row.kept)})))));
}

/** @type {Record<string, (view: View, answer: Answer, number: number) => Chart | null>} */
const charts = {pledge: receiptChart, target: curveChart, allocate: sharesChart, rank: rankChart, worth: worthChart, discover: boxChart, adapt: ruleChart};
const drawnFrom = /** @type {Record<string, string>} */ ({pledge: 'by_year', target: 'curve', allocate: 'shares', rank: 'ranking', worth: 'worth', discover: 'box', adapt: 'worth'});

/** @param {View} view @param {Answer} answer @param {number} number @returns {Chart | null} */
export const answerChart = (view, answer, number) => Object.hasOwn(charts, answer.question) && answer.tables[drawnFrom[answer.question]] ? charts[answer.question](view, answer, number) : null;

/** What stands before the chart. @param {View} view @param {Answer} answer */
export const answerCards = (view, answer) => answer.question === 'discover' && answer.tables.limits ? limitCards(view, answer) : null;
