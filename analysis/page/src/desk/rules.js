// Rules of an adaptive plan: what is done if it is seen by a day that too little ground is released. As signposts of a scenario.
import {element} from '../element.js';
import {labelled, number, select} from './fields.js';
import {quoted} from './question.js';
import {nameIn, words} from './words.js';

/** @typedef {import('./question.js').Choices} Choices */
/** @typedef {{on: string, district: string, below: number, does: string, lever: string, stream: string, times: number}} Rule */
/** @typedef {(change: (rules: Rule[]) => void) => void} EditRules */

const most = 2;

/** @param {Choices} choices */
const yearlyStreams = choices => choices.streams.filter(stream => stream.yearly).sort((a, b) => Number(b.clearance) - Number(a.clearance)).map(stream => stream.name);

/** @param {Choices} choices @returns {Rule} */
export const newRule = choices => ({on: `${Number(choices.start.slice(0, 4)) + 2}-06-30`, district: '', below: 20, does: yearlyStreams(choices).length ? 'stream' : 'pull', lever: choices.pulls[0] ?? '', stream: yearlyStreams(choices)[0] ?? '', times: 1.5});

/** @param {Rule[]} rules @returns {string} */
export const signpostsText = rules => ['signposts:', ...rules.map(({on, district, below, does, lever, stream, times}, i) =>
    `  Rule ${i + 1}: {on: ${on}, ${district ? `district: ${quoted(district)}, ` : ''}released_share_below: ${below} %, ${does === 'pull' ? `pull: ${lever}` : `stream: ${quoted(stream)}, times: ${times}`}}`), ''].join('\n');

/** Whether a text has rules of its own. @param {string | null} hand */
export const hasSignposts = hand => hand !== null && /^signposts *:/m.test(hand);

/** @param {Rule[]} rules @param {Choices} choices @param {EditRules} edit */
export function ruleFields(rules, choices, edit) {
    const titleOf = (/** @type {string} */ name) => choices.levers.find(lever => lever.name === name.replaceAll('_', '-'))?.title ?? name.replaceAll('_', ' ');
    const streams = yearlyStreams(choices), deeds = streams.length ? ['pull', 'stream'] : ['pull'];
    const cards = rules.map((rule, i) => element('div', {class: 'card', 'data-rule': String(i)}, element('p', {class: 'kind'}, words.signpost({number: String(i + 1)})),
        i > 0 && element('button', {type: 'button', class: 'remove', 'aria-label': `${words.remove}: ${words.signpost({number: String(i + 1)})}`, onclick: () => edit(all => all.splice(i, 1))}, '×'),
        labelled(words.signpostOn, element('input', {type: 'date', value: rule.on, min: choices.start, max: choices.horizon, onchange: event => event.target.value && edit(all => { all[i].on = event.target.value; })})),
        labelled(words.signpostWhere, select(['', ...choices.districts], rule.district, value => edit(all => { all[i].district = value; }), value => value ? nameIn(value) : words.wholeCountry)),
        labelled(words.signpostBelow, number(rule.below, 0, 100, value => edit(all => { all[i].below = value; }), '0.1')),
        labelled(words.signpostDoes, select(deeds, rule.does, value => edit(all => { all[i].does = value; }), value => words.signpostDeeds[value])),
        ...rule.does === 'pull' ? [labelled(words.signpostLever, select(choices.pulls, rule.lever, value => edit(all => { all[i].lever = value; }), titleOf))]
            : [labelled(words.stream, select(streams, rule.stream, value => edit(all => { all[i].stream = value; }), nameIn)), labelled(words.signpostTimes, number(rule.times, 0, 100, value => edit(all => { all[i].times = value; }), '0.05'))]));
    return [...cards, rules.length < most && element('button', {type: 'button', id: 'add-rule', onclick: () => edit(all => all.push(newRule(choices)))}, words.addSignpost)];
}
