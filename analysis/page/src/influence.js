// Which inputs of the scenario matter, by a sweep over them: sentences, and a chart of one outcome at a time. All numbers
// are those of `homeward sensitivity`.
import {element} from './element.js';
import {textWidth} from './drawing.js';
import {changeOf} from './comparison.js';
import {records} from './table.js';
import {okabe, paper} from './colours.js';
import {drawInfluences, second, told, untold} from './charts/influence.js';

/** @typedef {import('./types.js').View} View */
/** @typedef {import('./types.js').Sweep} Sweep */
/** @typedef {import('./figure.js').Chart} Chart */
/** @typedef {Record<string, any>} Row */
/** @typedef {{label: string, name: string, row: Row, influences: Row[]}} Outcome */

const shownMost = 25, listedMost = 8;

/** The columns of what is ranked by, and of what is shown beside it. */
const measures = {
    sobol: {first: 'total', second: 'main'},
    morris: {first: 'mu_star', second: 'mu'},
    regression: {first: 'rank_correlation', second: 'coefficient'},
};

/** "survey_rate" as words. @param {View} view @param {string} name */
export function inputName(view, name) {
    const known = view.name(name);
    return known === name ? name.replaceAll('_', ' ') : known;
}

/** What the outcome is, in the page's words where the model's are known: "Release: Agdam city". @param {View} view @param {Sweep} sweep @param {Row} influence */
function outcomeName(view, sweep, influence) {
    const {words} = view;
    const meaning = sweep.outputs[influence.output] ?? '', [, bare, chosen] = /^(.*?)(?: \((.*)\))?$/.exec(meaning) ?? [];
    const what = Object.hasOwn(words.outcomes, bare) ? words.outcomes[bare] : influence.output.replaceAll('_', ' ');
    const choices = (chosen ?? '').split(/, (?=\w+: )/).map(choice => choice.replace(/^\w+: /, ''));
    const parts = choices.filter(choice => choice && choice !== 'sum' && choice !== 'last').map(choice => view.name(choice));
    if (influence.element) parts.push(...influence.element.split(', ').map((/** @type {string} */ part) => view.name(part)));
    if (sweep.scenarios.length > 1) parts.push(influence.scenario);
    return parts.length ? `${what}: ${parts.join(', ')}` : what;
}

/** In the order of the file. @param {View} view @param {Sweep} sweep @returns {Outcome[]} */
export function outcomesOf(view, sweep) {
    const influences = records(sweep.tables[sweep.influences]);
    return records(sweep.tables.sensitivity_outcomes).map(row => {
        const own = influences.filter(influence => influence.outcome === row.outcome);
        return {label: row.outcome, name: outcomeName(view, sweep, own[0]), row, influences: own};
    });
}

/** The one that is shown first: of those that move at all. @param {Outcome[]} outcomes */
export const firstOutcome = outcomes => Math.max(0, outcomes.findIndex(outcome => outcome.influences.some(influence => influence.rank !== null)));

/** Whether a measure is clearly not zero; "noise": it seems so, but noise alone could look like this. @param {Row} influence @param {string} measure @returns {'yes' | 'noise' | 'no'} */
const verdictOf = (influence, measure) => influence[`${measure}_told`] === 'yes' ? 'yes' : influence.told_from_zero === 'noise?' ? 'noise' : 'no';

/** By which of the two measures an input is clearly not zero, the one that ranks before the other. @param {Sweep} sweep @param {Row} influence @returns {string | undefined} */
const toldBy = (sweep, influence) => sweep.kind === 'regression' ? Object.values(measures.regression).find(measure => influence[`${measure}_told`] === 'yes')
    : verdictOf(influence, measures[sweep.kind].first) === 'yes' ? measures[sweep.kind].first : undefined;

/** Inputs that clearly matter, and the others. @param {Sweep} sweep @param {Outcome} outcome */
function sorted(sweep, outcome) {
    const ranked = outcome.influences.filter(influence => influence.rank !== null);
    return {ranked, clear: ranked.filter(influence => toldBy(sweep, influence)), others: ranked.filter(influence => !toldBy(sweep, influence)), unranked: outcome.influences.filter(influence => influence.rank === null)};
}

/** "survey rate (612 days)". @param {View} view @param {Sweep} sweep @param {Outcome} outcome @param {Row} influence */
function briefly(view, sweep, outcome, influence) {
    const write = writer(view, sweep, outcome), value = influence[toldBy(sweep, influence) ?? measures[sweep.kind].first];
    return `${inputName(view, influence.factor)} (${sweep.kind === 'sobol' ? shareOf(view, value) : write.number(value) + write.spaced})`;
}

/** A share is between nothing and all; its estimate and its interval need not know that. @param {View} view @param {number} value */
const shareOf = (view, value) => view.format.percent(100 * Math.max(0, Math.min(1, value)));

/** What the units of an outcome are called, and by what its numbers are divided: hectares for m2. @param {View} view @param {Sweep} sweep @param {Outcome} outcome */
function unitOf(view, sweep, outcome) {
    const {words} = view, {units} = outcome.row, meaning = sweep.outputs[outcome.influences[0].output] ?? '';
    if (units === 'm2') return {unit: words.unitHa, per: 1e4};
    if (units === 'USD') return {unit: words.unitMoney, per: 1e6};
    if (units === '1' && /^(people|victims) /.test(meaning)) return {unit: words.unitPersons, per: 1};
    return {unit: words.units[units] ?? units, per: 1};
}

/** How the numbers of an outcome are written: shares in per cent, effects in its units. @param {View} view @param {Sweep} sweep @param {Outcome} outcome */
function writer(view, sweep, outcome) {
    const {format} = view, own = unitOf(view, sweep, outcome);
    const unit = sweep.kind === 'morris' ? own.unit : sweep.kind === 'sobol' ? '%' : '';
    const scale = sweep.kind === 'sobol' ? 100 : sweep.kind === 'morris' ? 1 / own.per : 1;
    const most = Math.max(...outcome.influences.map(influence => scale * Math.abs(influence[measures[sweep.kind].first] ?? 0)), 0);
    const decimals = sweep.kind === 'sobol' ? 0 : sweep.kind === 'regression' || most < 1 ? 2 : most < 20 ? 1 : 0;
    /** @param {number | null} value */
    const number = value => {
        if (value === null) return '?';
        const scaled = scale * value; // more than three digits would say more than the interval knows
        return format.number(Math.abs(scaled) >= 100 ? Number(scaled.toPrecision(3)) : scaled, decimals).replace(/^-(0([.,]0*)?)$/, '$1');
    };
    return {unit, number, scale, spaced: unit && unit !== '%' ? ` ${unit}` : unit === '%' ? format.language === 'az' ? '%' : '\u00a0%' : ''};
}

/** What the program says to beware of. @param {import('./words.js').Words} words @param {string} text */
const cautionsOf = (words, text) => text.split('; ').map(part => {
    const bare = part.replace(/^nothing to tell: /, ''), [, count] = /^(\d+) \w+ without an answer left out$/.exec(bare) ?? [];
    const known = words.cautionNames[count ? '# parts without an answer left out' : bare];
    return known ? known.replace('#', count) : bare;
}).join('; ');

/** "6–25 ha/day". @param {View} view @param {Row | undefined} factor */
function rangeOf(view, factor) {
    const {format} = view;
    if (!factor) return '';
    if (factor.words) return factor.words.split(', ').map((/** @type {string} */ word) => inputName(view, word)).join(', ');
    if (factor.least === null) return '';
    if (factor.units.startsWith('days since')) {
        const day = (/** @type {number} */ days) => format.day(new Date(days * 864e5));
        return `${day(factor.least)} – ${day(factor.most)}`;
    }
    const hectares = /^m2\b/.test(factor.units) && factor.most >= 1e4;
    const scale = hectares ? 1e-4 : 1, units = hectares ? factor.units.replace('m2', 'ha') : factor.units;
    return `${format.round(scale * factor.least)}–${format.round(scale * factor.most)}${units === '1' ? '' : ` ${view.words.units[units] ?? units}`}`;
}

/** "survey rate, 6–25 ha/day", where that is short. @param {View} view @param {Row} influence @param {Row | undefined} factor */
function rowName(view, influence, factor) {
    const name = inputName(view, influence.factor), range = rangeOf(view, factor), both = `${name}, ${range}`;
    return range && !factor?.words && textWidth(both, 12) < 268 ? both : name;
}

/** @param {View} view @param {string[]} names @param {number} most */
function listed(view, names, most) {
    const {words, format} = view;
    return names.slice(0, most).join(', ') + (names.length > most ? ` ${words.andOthers({count: format.number(names.length - most)})}` : '');
}

/** @param {View} view @param {Sweep} sweep @param {Outcome} outcome @param {Row} influence */
function strongestSentences(view, sweep, outcome, influence) {
    const {words, format} = view, write = writer(view, sweep, outcome);
    const factor = records(sweep.tables.sensitivity_factors).find(row => row.factor === influence.factor);
    const assumed = influence.assumed === 'assumed', name = inputName(view, influence.factor);
    if (sweep.kind === 'sobol') {
        const share = (/** @type {number} */ value) => shareOf(view, value);
        return [words.remains({name, assumed, share: share(influence.total), low: share(influence.total_low), high: share(influence.total_high)}),
                influence.main_told === 'yes' ? words.alone({name, share: share(influence.main), low: share(influence.main_low), high: share(influence.main_high)}) : words.aloneUnclear({name})];
    }
    if (sweep.kind === 'morris') {
        const day = influence.units === 'days', up = day ? words.later : words.more, down = day ? words.sooner : words.less;
        return [words.shifts({name, assumed, range: rangeOf(view, factor), amount: `${write.number(influence.mu_star)}${write.spaced}`, low: write.number(influence.mu_star_low), high: write.number(influence.mu_star_high)}),
                factor?.words ? '' : influence.mu_told === 'yes' ? words.direction({way: influence.mu > 0 ? up : down}) : words.directionUnclear];
    }
    const by = toldBy(sweep, influence) ?? measures.regression.first;
    return [words.goesAlong({name, assumed, measure: words.measures[by], size: write.number(influence[by]), low: write.number(influence[`${by}_low`]), high: write.number(influence[`${by}_high`])}),
            outcome.row.explained === null ? '' : words.explained({share: format.percent(outcome.row.explained)})];
}

/** @param {View} view @param {Row} row of the outcome */
function noiseSentence(view, row) {
    const {words, format} = view;
    if (row.noise === null) return words.noiseUnknown;
    return row.noise_is === 'taken off' ? words.noiseTaken({share: format.percent(row.noise)}) : words.noiseAtMost({share: format.percent(row.noise)});
}

/** In plain words, for one outcome. @param {View} view @param {Sweep} sweep @param {Outcome} outcome */
export function influenceSentences(view, sweep, outcome) {
    const {words, format} = view, {row} = outcome, {ranked, clear, others, unranked} = sorted(sweep, outcome);
    const names = (/** @type {Row[]} */ some) => listed(view, some.map(influence => inputName(view, influence.factor)), 6);
    if (!ranked.length) return [words.nothingToTell({why: cautionsOf(words, row.caution)})];
    const sentences = [clear.length ? strongestSentences(view, sweep, outcome, clear[0]).filter(sentence => sentence).join(' ') : words.noneTold];
    const next = clear.slice(1, 5).map(influence => briefly(view, sweep, outcome, influence));
    if (next.length) sentences.push(words.nextInfluences({names: next.join(', '), count: format.number(clear.length)}));
    if (others.length) sentences.push(words.untoldInfluences({count: format.number(others.length), all: format.number(ranked.length), names: names(others)}));
    if (unranked.length) sentences.push(words.unranked({names: names(unranked)}));
    sentences.push(noiseSentence(view, row));
    if (row.caution) sentences.push(words.caution({what: cautionsOf(words, row.caution)}));
    if (row.censoring) sentences.push(words.caution({what: words.censoring({text: row.censoring, percent: /(\d+) %/.exec(row.censoring)?.[1] ?? '?'})}));
    return sentences;
}

/** @param {View} view @param {Sweep} sweep @param {Outcome} outcome @returns {Chart | null} */
export function influenceChart(view, sweep, outcome) {
    const {words, format} = view, own = measures[sweep.kind], write = writer(view, sweep, outcome);
    const {ranked} = sorted(sweep, outcome);
    if (!ranked.length) return null;
    const factors = new Map(records(sweep.tables.sensitivity_factors).map(row => [row.factor, row]));
    /** @param {Row} influence @param {string} name */
    const measure = (influence, name) => {
        const at = (/** @type {string} */ suffix) => influence[name + suffix] === null ? null : write.scale * influence[name + suffix];
        return {value: at(''), low: at('_low'), high: at('_high')};
    };
    /** @param {Row} influence @param {string} name */
    const said = (influence, name) => words.measured({measure: words.measures[name], value: `${write.number(influence[name])}${write.spaced}`, low: write.number(influence[`${name}_low`]), high: write.number(influence[`${name}_high`])});
    const rows = ranked.slice(0, shownMost).map(influence => ({
        name: rowName(view, influence, factors.get(influence.factor)), right: write.number(influence[own.first]), assumed: influence.assumed === 'assumed', told: verdictOf(influence, own.first),
        first: measure(influence, own.first), second: measure(influence, own.second), noise: sweep.kind === 'morris' && influence.noise_of_effect !== null ? write.scale * influence.noise_of_effect : null,
        text: `${inputName(view, influence.factor)} (${[influence.assumed === 'assumed' ? words.assumed : words.sourced, rangeOf(view, factors.get(influence.factor))].filter(text => text).join('; ')}): ` +
            `${said(influence, own.first)}; ${said(influence, own.second)}; ${words.verdicts[verdictOf(influence, own.first)]}`,
    }));
    const dot = /** @type {const} */ ('dot');
    const signs = [{colour: untold, shape: dot, text: words.verdicts.no, told: 'no'}, {colour: paper, shape: dot, text: words.verdicts.noise, told: 'noise'}];
    const legend = [
        {colour: told, shape: dot, text: words.measures[own.first]}, {colour: second, shape: /** @type {const} */ ('diamond'), text: words.measures[own.second]},
        ...signs.filter(sign => rows.some(row => row.told === sign.told)),
        ...(sweep.kind === 'morris' ? [{colour: okabe.pale, text: words.noiseSign}] : []),
        ...(rows.every(row => row.assumed) ? [] : [{colour: told, shape: /** @type {const} */ ('box'), text: words.squareSign}]),
    ];
    const title = words.influenceTitle[sweep.kind]({outcome: outcome.name, unit: write.unit});
    /** @type {Record<string, {least: [number, number], reach: [number, number]}>} */
    const axes = {sobol: {least: [0, 100], reach: [-20, 120]}, morris: {least: [0, 0], reach: [-Infinity, Infinity]}, regression: {least: [-1, 1], reach: [-1, 1]}};
    return {
        id: 'influence', title, lead: `${words.influenceChartLead[sweep.kind]}${outcome.row.units === 'days' ? ` ${words.restrictedMean}` : ''}`,
        note: ranked.length > rows.length ? words.moreInTable({count: format.number(ranked.length - rows.length)}) : undefined,
        legend, tables: [sweep.influences, 'sensitivity_outcomes', 'sensitivity_factors'].map((name, i) => ({name, title: sweep.tables[name].title, table: sweep.tables[name], button: words.influenceTables[i]})),
        origin: {title: sweep.title, version: sweep.version, seed: sweep.seed, digest: sweep.digest, count: sweep.replications},
        draw: width => drawInfluences(rows, width, {rightTitle: write.unit || words.measures[own.first], tell: value => format.number(value, Math.abs(value) < 1 && value !== 0 || sweep.kind === 'regression' ? 1 : 0), ...axes[sweep.kind]}),
    };
}

/** For every outcome what moves it most. @param {View} view @param {Sweep} sweep @param {Outcome[]} outcomes */
export function influenceOverview(view, sweep, outcomes) {
    const {words, format} = view;
    if (outcomes.length < 2) return null;
    const lines = outcomes.slice(0, listedMost).map(outcome => {
        const {ranked, clear} = sorted(sweep, outcome), names = clear.slice(0, 3).map(influence => briefly(view, sweep, outcome, influence));
        return element('li', {}, element('strong', {}, outcome.name), ` – ${names.length ? names.join(', ') : ranked.length ? words.noneToldShort : cautionsOf(words, outcome.row.caution)}`);
    });
    return element('div', {}, element('h3', {}, words.byOutcome), element('ul', {class: 'findings'}, ...lines,
        outcomes.length > listedMost && element('li', {}, words.andOthers({count: format.number(outcomes.length - listedMost)}))));
}

/** What was varied, and whether that is the scenario of this page. @param {View} view @param {Sweep} sweep @param {string[]} titles of the results */
export function sweepLead(view, sweep, titles) {
    const {words, format} = view, inputs = sweep.tables.sensitivity_factors.rows.length;
    const names = sweep.scenarios.map(scenario => `“${view.name(scenario.title)}”`).join(', ');
    const design = words.designs[sweep.design] ?? sweep.design;
    const strangers = sweep.scenarios.filter(scenario => scenario.differ > 0);
    return [
        element('p', {class: 'reading'}, words.sweepLead({inputs: format.number(inputs), names, points: format.number(sweep.points), design, count: format.number(sweep.replications)})),
        sweep.failed > 0 && element('p', {class: 'warning', role: 'alert'}, words.sweepFailed({count: format.number(sweep.failed)})),
        ...strangers.map(scenario => element('div', {class: 'warning', role: 'alert'}, words.sweepStranger({varied: view.name(scenario.title), shown: view.name(titles[scenario.result]), count: format.number(scenario.differ)}),
            element('ul', {class: 'changed'}, ...scenario.differing.map(([path, base, variant]) => element('li', {}, element('code', {}, path), `: ${changeOf(words, base, variant)}`)),
                scenario.differ > scenario.differing.length && element('li', {}, words.andOthers({count: format.number(scenario.differ - scenario.differing.length)}))))),
    ];
}

