// The left side: the question as cards that a person thinks in.
import {element} from '../element.js';
import {assumptionCards} from './assumptions.js';
import {labelled, named, number, select} from './fields.js';
import {budgetLine} from './line.js';
import {oddities} from './odd.js';
import {nothing} from './question.js';
import {nameIn, words} from './words.js';

/** @typedef {import('./question.js').Question} Question */
/** @typedef {import('./question.js').Choices} Choices */
/** @typedef {import('./line.js').Edit} Edit */

/** @param {string} what @param {() => void} remove */
const removal = (what, remove) => element('button', {type: 'button', class: 'remove', 'aria-label': `${words.remove}: ${what}`, onclick: remove}, '×');

/** @param {string} title @param {string} help @param {...(Node | null | false)} content */
const group = (title, help, ...content) => element('fieldset', {}, element('legend', {}, title), element('p', {class: 'note'}, help), ...content);

/** @param {Choices} choices */
const firstYear = choices => Number(choices.start.slice(0, 4)) + 2;
/** @param {Choices} choices */
const lastYear = choices => Number(choices.horizon.slice(0, 4));

/** @param {Question} question @param {Choices} choices @param {Edit} edit */
function moneyCards(question, choices, edit) {
    const streams = choices.streams.filter(stream => stream.yearly);
    if (!streams.length) return null;
    const names = [...streams.filter(stream => stream.clearance), ...streams.filter(stream => !stream.clearance)].map(stream => stream.name);
    const cards = question.money.map((one, i) => {
        const told = element('output', {}, `${one.percent > 0 ? '+' : ''}${one.percent} %`);
        return element('div', {class: 'card'}, removal(nameIn(one.stream), () => edit(q => q.money.splice(i, 1))),
            labelled(words.stream, select(names, one.stream, value => edit(q => { q.money[i].stream = value; }), nameIn)),
            labelled(words.from, number(one.from, Number(choices.start.slice(0, 4)), lastYear(choices), value => edit(q => { q.money[i].from = value; }))),
            labelled(words.change, element('span', {class: 'range'}, element('input', {
                type: 'range', min: '-100', max: '200', step: '5', value: String(one.percent), 'data-money': String(i), oninput: event => {
                    told.textContent = `${Number(event.target.value) > 0 ? '+' : ''}${event.target.value} %`;
                    edit(q => { q.money[i].percent = Number(event.target.value); }, 'slides');
                },
            }), told)));
    });
    const years = Array.from({length: lastYear(choices) - Number(choices.start.slice(0, 4)) + 1}, (_, i) => Number(choices.start.slice(0, 4)) + i);
    const lines = [...new Set(question.money.map(one => one.stream))].map(stream => budgetLine(question, stream, years, edit));
    return group(words.money, words.moneyHelp, ...lines, ...cards, element('button', {type: 'button', id: 'add-money', onclick: () => edit(q => q.money.push({stream: names[0], from: firstYear(choices), percent: 20}))}, words.add));
}

/** @param {Question} question @param {Choices} choices @param {Edit} edit */
function pledgeCards(question, choices, edit) {
    const cards = question.pledges.map((one, i) => element('div', {class: 'card'}, removal(one.giver, () => edit(q => q.pledges.splice(i, 1))),
        labelled(words.giver, element('input', {type: 'text', value: one.giver, maxlength: '60', onchange: event => edit(q => { q.pledges[i].giver = event.target.value; })})),
        labelled(words.amount, number(one.amount, 0.1, 10000, value => edit(q => { q.pledges[i].amount = value; }), '0.1')),
        labelled(words.years, element('span', {class: 'pair'}, number(one.first, Number(choices.start.slice(0, 4)), lastYear(choices), value => edit(q => { q.pledges[i].first = value; q.pledges[i].last = Math.max(value, q.pledges[i].last); })), ' – ',
            number(one.last, one.first, lastYear(choices), value => edit(q => { q.pledges[i].last = Math.max(value, q.pledges[i].first); })))),
        labelled(words.onlyDistrict, select(['', ...choices.districts], one.district, value => edit(q => { q.pledges[i].district = value; }), value => value ? nameIn(value) : words.anywhere)),
        labelled(words.condition, select(choices.conditions, one.condition, value => edit(q => { q.pledges[i].condition = value; }), named(words.conditionNames)))));
    const year = firstYear(choices);
    return group(words.pledge, words.pledgeHelp, ...cards, element('button', {type: 'button', id: 'add-pledge', onclick: () => edit(q => q.pledges.push({giver: 'The gift', amount: 15, first: year, last: Math.min(lastYear(choices), year + 2), district: '', condition: choices.conditions[0]}))}, words.add));
}

/** @param {Question} question @param {Choices} choices @param {Edit} edit */
function teamCards(question, choices, edit) {
    if (!choices.operators.length) return null;
    const cards = question.teams.map((one, i) => element('div', {class: 'card'}, removal(named(words.methodNames)(one.method), () => edit(q => q.teams.splice(i, 1))),
        labelled(words.number, number(one.count, 1, 500, value => edit(q => { q.teams[i].count = Math.round(value); }))),
        labelled(words.method, select(choices.methods, one.method, value => edit(q => { q.teams[i].method = value; }), named(words.methodNames))),
        labelled(words.operator, select(choices.operators, one.operator, value => edit(q => { q.teams[i].operator = value; }), nameIn)),
        labelled(words.day, element('input', {type: 'date', value: one.day, min: choices.start, max: choices.horizon, onchange: event => event.target.value && edit(q => { q.teams[i].day = event.target.value; })}))));
    const method = choices.methods.includes('dogs') ? 'dogs' : choices.methods[0];
    return group(words.teams, words.teamsHelp, ...cards, element('button', {type: 'button', id: 'add-teams', onclick: () => edit(q => q.teams.push({count: 10, method, operator: choices.operators[0], day: `${firstYear(choices)}-01-01`}))}, words.add));
}

/** @param {Question} question @param {Choices} choices @param {Edit} edit */
function leverCards(question, choices, edit) {
    /** @param {import('./question.js').Lever} lever */
    const one = lever => {
        const isOn = question.levers.includes(lever.name), own = lever.on;
        return [element('label', {class: 'lever', title: lever.question ?? ''}, element('input', {
            type: 'checkbox', checked: isOn, 'data-lever': lever.name,
            onchange: event => edit(q => {
                q.levers = choices.levers.map(other => other.name).filter(name => name === lever.name ? event.target.checked : q.levers.includes(name));
                delete q.days[lever.name];
            }),
        }), element('span', {}, nameIn(lever.title ?? lever.name))), isOn && own !== null && labelled(words.leverOn, element('input', {type: 'date', value: question.days[lever.name] ?? own, min: choices.start, max: choices.horizon, 'data-lever-day': lever.name,
            onchange: event => edit(q => { if (event.target.value === own || !event.target.value) delete q.days[lever.name]; else q.days[lever.name] = event.target.value; })}))];
    };
    const singles = choices.levers.filter(lever => !lever.bundle), bundles = choices.levers.filter(lever => lever.bundle);
    if (!choices.levers.length) return null;
    return group(words.levers, words.leversHelp, ...singles.flatMap(one), bundles.length > 0 && element('p', {class: 'kind'}, words.bundles), ...bundles.flatMap(one));
}

/** Where to begin: the base, or one of its bundles of levers. @param {Question} question @param {Choices} choices @param {Edit} edit */
function beginning(question, choices, edit) {
    const bundles = choices.levers.filter(lever => lever.bundle);
    if (!bundles.length) return null;
    const chosen = question.levers.length === 1 && bundles.some(lever => lever.name === question.levers[0]) ? question.levers[0] : '';
    const preset = select(['', ...bundles.map(lever => lever.name)], chosen, value => edit(q => Object.assign(q, nothing(), value ? {levers: [value], name: bundles.find(lever => lever.name === value)?.title ?? value} : {})),
        value => bundles.find(lever => lever.name === value)?.title ?? words.fromBase);
    preset.id = 'preset';
    return labelled(words.beginWith, preset);
}

/** @param {Question} question @param {Edit} edit */
const naming = (question, edit) => element('div', {class: 'naming'}, labelled(words.nameOf, element('input', {type: 'text', id: 'name', maxlength: '80', value: question.name, placeholder: words.unnamed, onchange: event => edit(q => { q.name = event.target.value.trim(); }, 'slides')})),
    labelled(words.noteOf, element('input', {type: 'text', id: 'note', maxlength: '300', value: question.note, onchange: event => edit(q => { q.note = event.target.value.trim(); }, 'slides')})));

/** @param {Question} question @param {Choices} choices @param {Edit} edit */
function oddCards(question, choices, edit) {
    const odd = oddities(question, choices);
    return odd.length > 0 && element('div', {class: 'odd', role: 'status'}, element('p', {class: 'kind'}, words.odd), element('ul', {}, ...odd.map(({text, cure, change}) => element('li', {}, text, ' ',
        change && cure && element('button', {type: 'button', 'data-cure': 'yes', onclick: () => edit(change)}, cure)))));
}

/** @param {Question} question @param {Choices} choices @param {Edit} edit */
export function cardElements(question, choices, edit) {
    const rule = group(words.rule, '', select(['', ...choices.rules], question.rule, value => edit(q => { q.rule = value; }), value => value ? named(words.ruleNames)(value) : words.ruleOf({rule: named(words.ruleNames)(choices.rule)})));
    rule.querySelector('select')?.setAttribute('aria-label', words.rule);
    rule.querySelector('.note')?.remove();
    const head = element('div', {class: 'naming'}, beginning(question, choices, edit), naming(question, edit));
    return [head, oddCards(question, choices, edit) || null, moneyCards(question, choices, edit), pledgeCards(question, choices, edit), teamCards(question, choices, edit), rule, leverCards(question, choices, edit), assumptionCards(question, edit)].filter(card => card !== null);
}
