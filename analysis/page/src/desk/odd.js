// What is odd in a question though it can be asked, each with a cure.
import {nameIn, words} from './words.js';

/** @typedef {import('./question.js').Question} Question */
/** @typedef {import('./question.js').Choices} Choices */
/** @typedef {{text: string, cure?: string, change?: (question: Question) => void}} Odd */

/** @param {Choices} choices */
const yearsOf = choices => ({first: Number(choices.start.slice(0, 4)), last: Number(choices.horizon.slice(0, 4))});

/** More teams, and nobody pays them more. @param {Question} question @param {Choices} choices @returns {Odd[]} */
function unpaidTeams(question, choices) {
    const pays = question.money.some(one => one.percent > 0 && choices.streams.find(stream => stream.name === one.stream)?.clearance) || question.pledges.length > 0;
    const stream = choices.streams.find(one => one.yearly && one.clearance);
    if (!question.teams.length || pays || !stream) return [];
    const from = Math.min(...question.teams.map(one => Number(one.day.slice(0, 4))));
    return [{text: words.oddTeams, cure: words.cureTeams({stream: nameIn(stream.name), from: String(from)}), change: q => q.money.push({stream: stream.name, from, percent: 20})}];
}

/** @param {Question} question @param {Choices} choices @returns {Odd[]} */
function unseenGifts(question, choices) {
    const {last} = yearsOf(choices);
    return question.pledges.flatMap((one, i) => one.last > last ? [{text: words.oddLate({giver: one.giver, last: String(last)}), cure: words.cureLate({last: String(last)}), change: q => Object.assign(q.pledges[i], {first: Math.min(one.first, last), last})}] : []);
}

/** What waits for accession, and nobody accedes. @param {Question} question @param {Choices} choices @returns {Odd[]} */
function waitingGifts(question, choices) {
    const treaty = choices.levers.find(lever => lever.name === 'treaty');
    const accedes = question.levers.some(name => /treaty|recommended|rapprochement/.test(name));
    const waits = question.pledges.filter(one => one.condition === 'treaty');
    return waits.length && treaty && !accedes ? [{text: words.oddTreaty({giver: waits[0].giver}), cure: words.cureTreaty({lever: treaty.title ?? treaty.name}), change: q => q.levers.push('treaty')}] : [];
}

/** Of two changes in one year the last one counts. @param {Question} question @returns {Odd[]} */
function doubledYears(question) {
    const first = question.money.findIndex((one, i) => question.money.some((other, k) => k > i && other.stream === one.stream && other.from === one.from));
    return first < 0 ? [] : [{text: words.oddTwice({stream: nameIn(question.money[first].stream), year: String(question.money[first].from)}), cure: words.cureTwice, change: q => q.money.splice(first, 1)}];
}

/** @param {Question} question @param {Choices} choices @returns {Odd[]} */
function earlyTeams(question, choices) {
    return question.teams.flatMap((one, i) => one.day < choices.start || one.day > choices.horizon ? [{text: words.oddDay({count: String(one.count)}), cure: words.cureDay, change: /** @param {Question} q */ q => { q.teams[i].day = choices.start; }}] : []);
}

/** Of two bundles the last one overrules the first. @param {Question} question @param {Choices} choices @returns {Odd[]} */
function manyBundles(question, choices) {
    const bundles = choices.levers.filter(lever => lever.bundle && question.levers.includes(lever.name));
    return bundles.length > 1 ? [{text: words.oddBundles({names: bundles.map(lever => nameIn(lever.title ?? lever.name)).join(', ')}), cure: words.cureBundles({name: nameIn(bundles[0].title ?? bundles[0].name)}), change: q => { q.levers = q.levers.filter(name => name === bundles[0].name || !bundles.some(lever => lever.name === name)); }}] : [];
}

/** @param {Question} question @param {Choices} choices @returns {Odd[]} */
export const oddities = (question, choices) => question.hand !== null ? [] : [unpaidTeams, unseenGifts, waitingGifts, doubledYears, earlyTeams, manyBundles].flatMap(rule => rule(question, choices));
