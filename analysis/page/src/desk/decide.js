// Questions of what to do: asked of the program itself, on the question that stands on the left, and shown as a page of
// `homeward report --answers` shows them.
import {element, save} from '../element.js';
import {figureElement} from '../figure.js';
import {records} from '../table.js';
import {answerCards, answerChart, answerFacts, answerLead, answerTable, answerTitle} from '../decisions.js';
import {isConditional, labelled, number, select, whenSettled} from './fields.js';
import {questionFile, questionText, releasable} from './question.js';
import {hasSignposts, newRule, ruleFields, signpostsText} from './rules.js';
import {nameIn, words} from './words.js';

/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Answer} Decided */
/** @typedef {import('./question.js').Question} Question */
/** @typedef {import('./question.js').Choices} Choices */
/** @typedef {{state: 'waiting', before: number} | {state: 'running', done: number, of: number, left: string, step: string} | {state: 'wrong', errors: {message: string}[]} | {state: 'done', answers: Decided[]}} Told */
/**
 * What the form says; of each kind its own part.
 * @typedef {{
 *   kind: string, worlds: number, pledge: number, strings: boolean, place: string, day: string, share: number, money: string, from: number,
 *   bad: string, least: number, against: string[], measure: string, indifference: number,
 *   budget: number, choose: string, prices: Record<string, number>, rules: import('./rules.js').Rule[]
 * }} Form
 */
/** @typedef {{levers: string[], yaml: string, decide: string, options: Record<string, string | number | true>, against?: string[], prices?: Record<string, string>}} Asked */
/** @typedef {{choices: Choices, question: () => Question, view: () => View | null, decide: (body: string) => void, cancel: () => void, changed: () => void, addPledge: () => void}} Desk */

const kinds = ['pledge', 'target', 'allocate', 'adapt', 'discover', 'rank', 'worth'], ofLevers = ['rank', 'worth'];
/** A stream of this name is no planned one: the command makes it. */
const newBudget = 'A new state budget';
const usualWorlds = /** @type {Record<string, number>} */ ({pledge: 400, target: 400, allocate: 200, adapt: 400, discover: 1000, rank: 2000, worth: 1000});

/** @param {Choices} choices @returns {Form} */
const beginning = choices => ({
    kind: 'pledge', worlds: 0, pledge: 0, strings: true, place: choices.place ?? releasable(choices)[0] ?? '', day: '', share: 80,
    money: choices.streams.find(stream => stream.yearly && stream.clearance)?.name ?? '', from: Number(choices.start.slice(0, 4)) + 2,
    bad: 'place', least: 20, against: choices.levers.filter(lever => !lever.bundle).slice(0, 2).map(lever => lever.name), measure: 'people', indifference: 500,
    budget: 10, choose: 'districts', prices: {}, rules: [newRule(choices)],
});

/** A text and what stands below it. @param {string} text @param {string} more */
const joined = (text, more) => more ? `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${more}` : text;

/** What each string costs: what the same money would do without it, one card each. @param {View} view @param {Decided} decided */
function stringCards({words: {units}, format}, {tables: {strings}}) {
    if (!strings?.rows.length) return null;
    const gains = strings.columns.slice(1).filter(([name]) => !/_(error|mark)$/.test(name));
    return element('div', {}, element('h4', {lang: 'en'}, strings.title), element('ul', {class: 'cards'}, ...records(strings).map(row => element('li', {}, element('strong', {lang: 'en'}, row.gift),
        ...gains.filter(([name]) => row[name] !== null).map(([name, unit, decimals]) => element('span', {class: row[`${name}_mark`]?.startsWith('*') ? 'told' : ''},
            words.stringGain({what: words.gains[name] ?? name, value: format.number(row[name], decimals), error: row[`${name}_error`] === null ? '?' : format.number(row[`${name}_error`], decimals), unit: unit ? units[unit] ?? unit : '', clear: !!row[`${name}_mark`]?.startsWith('*')}))))))); 
}

/** @param {Desk} desk */
export function makeDecisions(desk) {
    const {choices} = desk;
    let form = beginning(choices);
    /** @type {Told | null} */
    let told = null;
    /** @type {{asked: Asked, question: Question, more: string, decided: Decided | null} | null} what was asked; `more` stands below the text of the question */
    let last = null;
    /** Of what the answer that is shown was made. @type {unknown[]} */
    let drawnOf = [];

    const fields = element('div', {class: 'fields'});
    const progress = element('progress', {max: '1', 'aria-label': words.decideProgress});
    const progressText = element('span', {class: 'note', role: 'status'});
    const bar = element('div', {class: 'progress', hidden: true}, progress, progressText);
    const wrong = element('div', {class: 'warning', role: 'alert', hidden: true});
    const run = element('button', {type: 'button', id: 'decide', class: 'main', onclick: ask}, words.decideRun);
    const cancel = element('button', {type: 'button', id: 'cancel', hidden: true, onclick: () => { desk.cancel(); told = null; last = null; desk.changed(); tell(); }}, words.decideCancel);
    const shown = element('div', {class: 'decided'});
    const whole = element('div', {id: 'decisions'}, fields, element('div', {class: 'buttons'}, run, cancel), bar, wrong, shown);

    const usual = () => Math.max(100, Math.min(usualWorlds[form.kind], choices.worlds));
    const worlds = () => form.worlds || usual();

    /** @param {(form: Form) => void} change */
    function edit(change) {
        change(form);
        desk.changed();
        whenSettled(showForm);
    }

    // ---- the form

    const day = () => form.day || `${Math.min(Number(choices.horizon.slice(0, 4)), Math.max(Number(choices.start.slice(0, 4)) + 3, 2030))}-12-31`;
    const from = () => Math.min(form.from, Number(day().slice(0, 4)));
    const years = /** @type {[number, number]} */ ([Number(choices.start.slice(0, 4)), Number(choices.horizon.slice(0, 4))]);
    const placeField = () => labelled(choices.places.length ? words.place : words.district, select(releasable(choices), form.place, value => edit(f => { f.place = value; }), nameIn));
    const dayField = () => labelled(words.by, element('input', {type: 'date', value: day(), min: choices.start, max: choices.horizon, onchange: event => event.target.value && edit(f => { f.day = event.target.value; })}));
    const measureFields = () => [labelled(words.measure, select(['people', 'land', 'victims', 'days'], form.measure, value => edit(f => { f.measure = value; }), value => words.measures[value])),
                                 form.measure === 'days' && placeField(), ['people', 'land'].includes(form.measure) && dayField()];
    const confidenceField = () => {
        const field = number(form.share, 1, 99, value => edit(f => { f.share = Math.round(value); }));
        field.id = 'confidence';
        return labelled(words.confidence, field);
    };
    const fromField = () => labelled(words.from, number(from(), years[0], Number(day().slice(0, 4)), value => edit(f => { f.from = Math.round(value); })));
    const indifferenceField = () => labelled(words.indifference, number(form.indifference, 0.1, 1e7, value => edit(f => { f.indifference = value; }), '0.1'));
    /** Whether a set of levers is chosen, not shares. */
    const sets = () => form.choose === 'levers';
    const priceOf = (/** @type {string} */ lever) => form.prices[lever] ?? 1;
    const priceField = (/** @type {string} */ lever) => labelled(words.priceOf({lever: choices.levers.find(one => one.name === lever)?.title ?? lever}), number(priceOf(lever), 0, 1e5, value => edit(f => { f.prices[lever] = value; }), '0.01'));
    const againstFields = () => element('div', {class: 'levers', role: 'group', 'aria-label': words.against}, element('p', {class: 'kind'}, words.against), ...choices.levers.map(lever => element('label', {class: 'lever'}, element('input', {
        type: 'checkbox', checked: form.against.includes(lever.name), 'data-against': lever.name,
        onchange: event => edit(f => { f.against = choices.levers.map(other => other.name).filter(name => name === lever.name ? event.target.checked : f.against.includes(name)); }),
    }), element('span', {}, nameIn(lever.title ?? lever.name)))));

    /** @type {Record<string, () => (Node | false)[]>} */
    const forms = {
        pledge() {
            const {pledges, hand} = desk.question();
            if (hand !== null) return [element('p', {class: 'note'}, words.pledgeByHand)];
            if (!pledges.length) return [element('p', {class: 'note'}, words.noPledge), element('button', {type: 'button', id: 'decide-pledge', onclick: desk.addPledge}, words.addPledge)];
            form.pledge = Math.min(form.pledge, pledges.length - 1);
            return [labelled(words.pledgeOf, select(pledges.map((_, i) => String(i)), String(form.pledge), value => edit(f => { f.pledge = Number(value); }), value => `${pledges[Number(value)].giver} (${pledges[Number(value)].amount} MUSD)`)),
                    element('label', {class: 'lever'}, element('input', {type: 'checkbox', id: 'strings', checked: form.strings, onchange: event => edit(f => { f.strings = event.target.checked; })}), element('span', {}, words.stringsToo))];
        },
        target: () => [placeField(), dayField(), confidenceField(),
                       labelled(words.stream, select([...choices.streams.filter(stream => stream.yearly && stream.clearance).map(stream => stream.name), newBudget], form.money, value => edit(f => { f.money = value; }), value => value === newBudget ? words.newBudget : nameIn(value))),
                       fromField()],
        discover: () => [labelled(words.badWhat, select(['place', 'victims', 'people'], form.bad, value => edit(f => { f.bad = value; }), value => words.bads[value])),
                         form.bad === 'place' && placeField(), form.bad !== 'victims' && dayField(), form.bad !== 'place' && labelled(words.bads[form.bad], number(form.least, 0, 1e7, value => edit(f => { f.least = Math.round(value); })))],
        allocate: () => [labelled(sets() ? words.budgetAll : words.budgetYear, number(form.budget, 0.01, 1e5, value => edit(f => { f.budget = value; }), '0.01')),
                         labelled(words.choose, select(['districts', 'methods', 'years', ...choices.levers.length ? ['levers'] : []], form.choose, value => edit(f => { f.choose = value; }), value => words.chooses[value])),
                         ...measureFields(), ...sets() ? [indifferenceField(), againstFields(), ...form.against.map(priceField)] : [fromField()]],
        adapt: () => [...measureFields(), ...hasSignposts(desk.question().hand) ? [element('p', {class: 'note'}, words.signpostsByHand)] : ruleFields(form.rules, choices, change => edit(f => change(f.rules)))],
        rank: () => [...measureFields(), indifferenceField(), againstFields()],
        worth: () => [...measureFields(), againstFields()],
    };

    function showForm() {
        const focused = document.activeElement instanceof HTMLElement && fields.contains(document.activeElement) ? [...fields.querySelectorAll('button, input, select')].indexOf(document.activeElement) : -1;
        const offered = choices.levers.length ? kinds : kinds.filter(kind => !ofLevers.includes(kind));
        fields.replaceChildren(labelled(words.decideWhat, select(offered, form.kind, value => edit(f => { f.kind = value; f.worlds = 0; }), value => words.decideKinds[value])),
            element('p', {class: 'note'}, words.decideHelp[form.kind]), ...forms[form.kind]().filter(part => part !== false),
            labelled(words.worldsEach, number(worlds(), 10, 100000, value => edit(f => { f.worlds = Math.round(value); }))));
        if (focused >= 0) /** @type {HTMLElement | undefined} */ ([...fields.querySelectorAll('button, input, select')][focused])?.focus();
        const {pledges, hand} = desk.question();
        run.disabled = form.kind === 'pledge' && (hand !== null || !pledges.length);
        if (last?.decided) tell(); // it may be of another question by now
    }

    // ---- asking

    const measure = () => ({people: `people by ${day()}`, land: `land by ${day()}`, victims: 'victims', days: `days of ${form.place}`})[form.measure] ?? 'victims';
    const bad = () => ({place: `${form.place} after ${day()}`, victims: `victims > ${form.least}`, people: `people by ${day()} < ${form.least}`})[form.bad] ?? '';

    /** The question that it is asked on: a receipt is of a pledge that is not there yet. */
    function ground() {
        const question = structuredClone(desk.question());
        if (form.kind === 'pledge') question.pledges.splice(form.pledge, 1);
        return question;
    }

    /** @returns {Record<string, string | number | true>} */
    function options() {
        if (form.kind === 'pledge') {
            const {giver, amount, first, last: until, district, condition} = desk.question().pledges[form.pledge];
            return {amount: `${amount} MUSD`, years: first === until ? String(first) : `${first}-${until}`, name: giver.trim() || 'The gift', ...district ? {'only-district': district} : {},
                    ...isConditional(condition) ? {condition} : {}, ...form.strings ? {} : {tied: /** @type {const} */ (true)}, replications: worlds()};
        }
        if (form.kind === 'target') return {by: `p(${form.place} by ${day()}) >= ${form.share} %`, money: form.money, from: from(), replications: worlds()};
        if (form.kind === 'discover') return {bad: bad(), replications: worlds()};
        if (form.kind === 'allocate') return {budget: `${form.budget} MUSD${sets() ? '' : '/year'}`, choose: form.choose, aim: measure(), ...sets() ? {indifference: String(form.indifference)} : {from: from()}, replications: worlds()};
        if (form.kind === 'rank') return {for: measure(), indifference: String(form.indifference), most: worlds(), batch: Math.min(100, worlds())};
        return {for: measure(), replications: worlds()};
    }

    function ask() {
        const question = ground();
        const more = form.kind === 'adapt' && !hasSignposts(question.hand) ? signpostsText(form.rules) : '', priced = form.kind === 'allocate' && sets();
        const asked = {levers: question.levers, yaml: joined(questionText(question, choices), more), decide: form.kind, options: options(), ...ofLevers.includes(form.kind) || priced ? {against: form.against} : {},
                       ...priced ? {prices: Object.fromEntries(form.against.map(lever => [lever, `${priceOf(lever)} MUSD`]))} : {}};
        last = {asked, question, more, decided: null};
        told = {state: 'waiting', before: 0};
        desk.changed();
        desk.decide(JSON.stringify(asked));
        tell();
    }

    // ---- the answer

    /** Whether the question on the left is another by now. @param {{asked: Asked, question: Question}} of */
    function isOther({asked, question}) {
        const now = ground();
        return form.kind === asked.decide && (questionText(now, choices) !== questionText(question, choices) || String(now.levers) !== String(asked.levers));
    }

    /** @param {View} view @param {Decided} decided @param {{asked: Asked, question: Question, more: string}} of */
    function decidedElements(view, decided, of) {
        const own = {...view, words: /** @type {View['words']} */ (/** @type {unknown} */ ({...view.words, answerOf: words.decidedOf}))}, chart = answerChart(own, decided, 0);
        return [element('h3', {}, answerTitle(own, decided)), isOther(of) && element('p', {class: 'note stale'}, words.decidedOther), ...answerLead(own, decided), answerCards(own, decided), chart && figureElement(chart, own).figure, answerTable(own, decided, chart !== null),
                stringCards(own, decided), answerFacts(own, decided),
                element('div', {class: 'buttons'}, element('button', {type: 'button', id: 'decided-file', onclick: () => save('question.yaml', joined(questionFile(of.question, choices), of.more), 'application/yaml')}, words.decidedFile)),
                of.asked.decide === 'rank' && element('p', {class: 'note'}, words.rankFiles({files: (of.asked.against ?? []).map(name => `${name}.yaml`).join(', ')}))];
    }

    function tell() {
        const working = told?.state === 'waiting' || told?.state === 'running';
        bar.hidden = cancel.hidden = !working;
        if (told?.state === 'waiting') {
            progress.removeAttribute('value');
            progressText.textContent = words.decideWaits({before: told.before});
        } else if (told?.state === 'running') {
            if (told.of) progress.value = told.done / told.of;
            else progress.removeAttribute('value');
            progressText.textContent = told.of ? words.decideDone({done: String(told.done), of: String(told.of), left: told.left === '?' ? '' : told.left, step: told.step}) : told.step ? words.decideStep({step: told.step}) : words.decideStarts;
        }
        wrong.hidden = told?.state !== 'wrong';
        if (told?.state === 'wrong') wrong.replaceChildren(element('p', {}, words.decideWrong), element('ul', {}, ...told.errors.map(one => element('li', {lang: 'en'}, one.message))));
        const view = desk.view(), of = last?.decided && view ? [last.decided, isOther(last)] : [];
        if (String(of[1]) !== String(drawnOf[1]) || of[0] !== drawnOf[0]) { // what is told meanwhile leaves it as its reader has it
            drawnOf = of;
            shown.replaceChildren(...last?.decided && view ? decidedElements(view, last.decided, last).filter(part => part !== null && part !== false) : []);
        }
        document.documentElement.dataset.decided = last?.decided?.question ?? '';
    }

    return {
        element: whole,
        /** As the question has it now; where nobody looks, when somebody does. */
        show() {
            if (whole.hidden) return;
            if (fields.firstChild) whenSettled(showForm);
            else showForm();
            tell();
        },
        /** @param {Told} news */
        hear(news) {
            if (!last) return;
            told = news;
            if (news.state === 'done') [last.decided] = news.answers;
            tell();
        },
        /** What the address keeps. */
        state: () => ({...form, asked: last !== null}),
        /** @param {Partial<Form> & {asked?: boolean}} kept */
        restore(kept) {
            const {asked, ...rest} = kept;
            form = {...beginning(choices), ...rest};
            showForm();
            if (asked && !run.disabled) ask();
        },
    };
}
