// The answer on one page of paper: what was asked, what comes of it, and how to get it again.
import {element, save} from '../element.js';
import {records, tableCsv, tableElement} from '../table.js';
import {isConditional, named} from './fields.js';
import {nameIn, words} from './words.js';

/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Table} Table */
/** @typedef {import('./channel.js').Answer} Answer */
/** @typedef {import('./question.js').Question} Question */
/** @typedef {import('./question.js').Choices} Choices */

/** What the question changes, in words. @param {Question} question @param {Choices} choices @returns {string[]} */
export function sayQuestion(question, choices) {
    if (question.hand !== null) return [words.saidByHand];
    const signed = (/** @type {number} */ percent) => `${percent > 0 ? '+' : ''}${percent} %`;
    const said = [
        ...question.money.map(one => words.saidMoney({stream: nameIn(one.stream), change: signed(one.percent), from: String(one.from)})),
        ...question.pledges.map(one => words.saidPledge({giver: one.giver, amount: String(one.amount), years: one.first === one.last ? String(one.first) : `${one.first}–${one.last}`, district: nameIn(one.district), condition: !isConditional(one.condition) ? '' : named(words.conditionNames)(one.condition)})),
        ...question.teams.map(one => words.saidTeams({count: String(one.count), method: named(words.methodNames)(one.method), operator: one.operator, day: one.day})),
        ...question.rule ? [words.saidRule({rule: named(words.ruleNames)(question.rule)})] : [],
        ...question.levers.map(name => {
            const title = nameIn(choices.levers.find(lever => lever.name === name)?.title ?? name);
            return Object.hasOwn(question.days, name) ? words.saidLever({lever: title, day: question.days[name]}) : title;
        }),
        ...question.assumptions.map(one => words.saidAssumed({path: one.path, value: one.value})),
    ];
    return said.length ? said : [words.noChange];
}

/** Everything that the question changes, one row each: for a spreadsheet. @param {Answer} answer @returns {Table | null} */
export function changesTable(answer) {
    if (!answer.comparison) return null;
    const {tables} = answer.comparison;
    /** @param {string} table @param {string} what @param {(row: Record<string, any>) => string} name @returns {import('../types.js').Cell[][]} */
    const rowsOf = (table, what, name) => records(tables[table]).map(row => {
        const units = tables[table].columns.find(([column]) => column === 'difference')?.[1] ?? '';
        return [what, name(row), units, row.base ?? null, row.variant ?? null, row.difference ?? null, row.difference_low ?? null, row.difference_high ?? null, row.mark ?? null];
    });
    return {
        title: words.tableOfAll, note: null,
        columns: [['what', null, 0], ['of', null, 0], ['units', null, 0], ['base', 'as units says', 1], ['variant', 'as units says', 1], ['difference', 'as units says', 1], ['difference_low', 'as units says', 1], ['difference_high', 'as units says', 1], ['mark', null, 0]],
        rows: [...rowsOf('place_release', words.releaseDay, row => row.place), ...answer.results[0].places.length ? [] : rowsOf('district_completion', words.releaseDay, row => row.district), ...rowsOf('people', words.peopleBack, row => row.by), ...rowsOf('money', words.moneySpent, row => row.purpose), ...rowsOf('victims', words.casualties, row => row.victim)],
    };
}

/** The few rows that fit on paper: the place, people by the last dates, mine action, victims. @param {Table} table @param {string} place @returns {Table} */
function few(table, place) {
    const last = table.rows.filter(row => row[0] === words.peopleBack).slice(-1);
    return {...table, title: words.inNumbers, rows: [...table.rows.filter(row => row[0] === words.releaseDay && row[1] === place), ...last,
        ...table.rows.filter(row => row[0] === words.moneySpent && row[1] === 'mine action in all'), ...table.rows.filter(row => row[0] === words.casualties && row[1] === 'all victims')]};
}

/**
 * @param {View} view @param {Answer} answer @param {Question} question @param {Choices} choices
 * @param {{place: string, sentences: string[], known: string[], curve: HTMLElement | null, command: string, text: string}} said
 */
export function briefElements(view, answer, question, choices, {place, sentences, known, curve, command, text}) {
    const table = changesTable(answer), result = answer.results[answer.results.length - 1];
    /** @type {[string, string][]} */
    const facts = [[words.factCommand, command], [words.factSeed, result.seed], [words.factWorlds, `${answer.worlds}`], [words.factDigest, result.digest], [words.factVersion, `homeward ${result.version}`]];
    return [
        element('div', {class: 'buttons'}, element('button', {type: 'button', id: 'print', class: 'main', onclick: () => print()}, words.print),
            table && element('button', {type: 'button', id: 'table-csv', onclick: () => save('question.csv', tableCsv(table), 'text/csv')}, words.tableSave)),
        element('p', {class: 'note screen'}, words.briefHelp),
        element('article', {id: 'paper'}, element('h3', {class: 'papertitle'}, question.name || words.unnamed), element('p', {class: 'reading'}, words.briefOf({title: nameIn(choices.title)})),
            ...known.map(sentence => element('p', {class: 'reading known'}, element('strong', {}, sentence))),
            question.note !== '' && element('p', {}, question.note),
            element('h4', {}, words.asked), element('ul', {}, ...sayQuestion(question, choices).map(sentence => element('li', {}, sentence))),
            element('h4', {}, words.answer), ...sentences.map(sentence => element('p', {class: 'said'}, sentence)),
            curve, table && tableElement(few(table, place), view, words.inNumbers),
            element('h4', {}, words.again), element('p', {class: 'note'}, words.againHelp),
            element('dl', {}, ...facts.flatMap(([term, told]) => [element('dt', {}, term), element('dd', {class: 'code'}, told)])), text !== '' && element('pre', {class: 'code'}, text)),
    ];
}
