// The answer in a few sentences, by verdict.
import {chance, releasedBefore} from '../charts/map.js';
import {subjects} from '../place.js';
import {comparisonSentences, saySize} from '../comparison.js';
import {records} from '../table.js';
import {parseDay} from '../format.js';
import {words} from './words.js';

/** @typedef {import('../types.js').View} View */
/** @typedef {import('./channel.js').Answer} Answer */

/** A difference of days that a person would ask about. */
const WANTED_DAYS = 20;

/** @param {View} view @param {number} result @param {Answer} answer @param {number} place */
function sayChance(view, result, answer, place) {
    const {format} = view, of = answer.results[result];
    const [value, low, high] = chance(of, subjects(of).counts, place, view.month) ?? [0, 0, 0, 0];
    return words.chanceRange({chance: format.chance(value), low: format.percent(low), high: format.percent(high)});
}

/** Worlds that would make the interval as narrow as that: it shrinks with their square root. @param {View} view @param {Answer} answer @param {Record<string, any>} row */
function sayPrecision(view, answer, row) {
    if (row.difference_low === null || row.difference_high === null) return words.fewDiffer;
    const {format} = view, half = (row.difference_high - row.difference_low) / 2;
    const wanted = Math.ceil(answer.worlds * (half / WANTED_DAYS) ** 2);
    if (half > WANTED_DAYS && answer.worlds < answer.of) return words.moreWorlds({worlds: format.round(wanted), days: String(WANTED_DAYS), now: format.number(half)});
    return words.lastWorlds({days: format.number(half)});
}

/** @param {View} view @param {Answer} answer @param {string} place @returns {string[]} */
export function saidOf(view, answer, place) {
    const {format} = view, {names, table, of} = subjects(answer.results[0]), i = names.indexOf(place), name = view.name(place);
    const day = format.day(parseDay(view.result.months[view.month]));
    const fact = releasedBefore(answer.results[0], place);
    if (fact) return [words.fact({place: name, day: format.day(parseDay(fact))})];
    const base = sayChance(view, 0, answer, i);
    if (answer.results.length < 2) return [words.chanceBase({place: name, day, base})];
    const sentences = [];
    const row = answer.comparison && records(answer.comparison.tables[table]).find(one => one[of] === place);
    if (row && row.mark === '=') sentences.push(words.same({place: name}));
    else if (row && (row.mark === '**' || row.mark === '*')) sentences.push(words.clear({place: name, size: saySize(view, row, view.words.unitDays, view.words.later, view.words.sooner, 0)}));
    else if (row) sentences.push(words.unclear({place: name, more: sayPrecision(view, answer, row)}));
    sentences.push(words.chance({place: name, day, base, yours: sayChance(view, 1, answer, i)}));
    return sentences;
}

/** @param {View} view @param {Answer} answer */
export const saidOfAll = (view, answer) => answer.comparison ? comparisonSentences(view, answer.comparison, answer.results[1].name) : [];
