// The desk: the question on the left, its answer on the right, on the same worlds as the base.
import {element, save} from '../element.js';
import {languageSwitch} from '../language.js';
import {makeFormat} from '../format.js';
import {figureElement} from '../figure.js';
import {knowledgeSentences} from '../knowledge.js';
import {cardElements} from './cards.js';
import {briefElements} from './brief.js';
import {curveChart} from './curve.js';
import {whenSettled} from './fields.js';
import {makeHappening} from './happens.js';
import {openChannel} from './channel.js';
import {makeDecisions} from './decide.js';
import {nothing, questionFile, questionText, readFile, releasable} from './question.js';
import {saidOf, saidOfAll} from './said.js';
import {pause} from '../seen.js';
import {themeButton} from '../theme.js';
import {addressed, language, nameIn, pageWords, speak, words} from './words.js';

/** @typedef {import('./question.js').Question} Question */
/** @typedef {import('./channel.js').Answer} Answer */
/** @typedef {import('./channel.js').Mistake} Mistake */

/** @type {import('./question.js').Choices} */
const choices = JSON.parse(document.getElementById('data')?.textContent ?? '');
const map = JSON.parse(document.getElementById('outlines')?.textContent ?? '');
const page = /** @type {HTMLElement} */ (document.getElementById('page'));
const format = makeFormat(language, pageWords.format);

// ---- state, whole in the address

/** @type {Question} */
let question = nothing();
/** @type {Question[]} */
const before = [];
/** What is looked at. */
const chosen = {place: choices.place ?? releasable(choices)[0] ?? '', month: -1};
let pane = 'answer', spoken = addressed;
/** @type {object | null} */
let keptDecision = null;

function readAddress() {
    try {
        const kept = JSON.parse(decodeURIComponent(location.hash.slice(1)) || '{}');
        question = {...nothing(), ...kept.question};
        if (releasable(choices).includes(kept.place)) chosen.place = kept.place;
        if (typeof kept.month === 'number') chosen.month = kept.month;
        if (Object.hasOwn(words.panes, kept.pane)) pane = kept.pane;
        if (kept.decide && typeof kept.decide === 'object') keptDecision = kept.decide;
    } catch {
        question = nothing();
    }
}

const writeAddress = () => history.replaceState(null, '', `#${encodeURIComponent(JSON.stringify({question, ...chosen, pane, ...spoken === null ? {} : {language: spoken}, ...pane === 'decide' ? {decide: decisions.state()} : {}}))}`);

// ---- asking

/** @type {Answer | null} */
let answer = null;
let stale = false, timer = 0;

const channel = openChannel({
    answer(told) {
        answer = told;
        stale = false;
        setMistakes([]);
        tellProgress(told.worlds, told.of);
        void showAnswer();
    },
    progress: (worlds, _until, of) => tellProgress(worlds, of),
    wrong(mistakes) {
        stale = true;
        setMistakes(mistakes);
    },
    lost(isLost) {
        lostElement.hidden = !isLost;
    },
    decision: told => decisions.hear(told),
});

const decisions = makeDecisions({
    choices, question: () => question, view: () => answer && viewOf(0, answer), decide: channel.decide, cancel: channel.cancel,
    changed: () => writeAddress(), addPledge: () => document.getElementById('add-pledge')?.click(),
});

/** What is shown, and what is on its way, is no answer to the question any more. */
function outdate() {
    channel.withdraw();
    stale = answer !== null;
    staleElement.hidden = !stale;
    if (stale) briefPane.replaceChildren(element('p', {class: 'note'}, words.waiting));
}

function ask() {
    outdate();
    tellProgress(0, choices.worlds);
    channel.ask(question.levers, questionText(question, choices));
}

/** @param {(question: Question) => void} change @param {'slides' | 'shown'} [how] 'slides': the cards stay as they are, and a moment passes before it is asked; 'shown': the cards follow what has slid */
function edit(change, how) {
    if (how === 'shown') return whenSettled(showCards);
    if (how !== 'slides' || timer === 0) before.push(structuredClone(question));
    change(question);
    outdate();
    writeAddress();
    showFile();
    clearTimeout(timer);
    if (how === 'slides') {
        timer = window.setTimeout(() => { timer = 0; ask(); }, 60);
        return;
    }
    timer = 0;
    whenSettled(showCards);
    ask();
}

// ---- the left side

const cards = element('div', {class: 'cards'});
const file = element('textarea', {id: 'file', rows: '10', spellcheck: 'false', readonly: true, 'aria-label': words.file, onchange: () => edit(q => Object.assign(q, nothing(), readFile(file.value, choices)))});
const mistakesElement = element('div', {class: 'warning', role: 'alert', hidden: true});
const handNote = element('p', {class: 'note', hidden: true}, words.handHelp);
const upload = element('input', {type: 'file', accept: '.yaml,.yml,text/yaml', class: 'hidden', id: 'upload', 'aria-label': words.upload, onchange: async () => {
    const given = upload.files?.[0];
    if (given) {
        const text = await given.text();
        edit(q => Object.assign(q, nothing(), readFile(text, choices)));
    }
    upload.value = '';
}});
const byHand = element('button', {type: 'button', id: 'by-hand', onclick: () => edit(q => Object.assign(q, q.hand === null ? {hand: questionText(q, choices)} : nothing()))}, words.byHand);

function showFile() {
    if (document.activeElement !== file) file.value = questionFile(question, choices);
    file.readOnly = question.hand === null;
    handNote.hidden = question.hand === null;
    decisions.show();
    byHand.textContent = question.hand === null ? words.byHand : words.byCards;
}

const focusable = 'button, input, select, [tabindex]';

function showCards() {
    const focused = document.activeElement && cards.contains(document.activeElement) ? [...cards.querySelectorAll(focusable)].indexOf(document.activeElement) : -1;
    cards.replaceChildren(...question.hand === null ? cardElements(question, choices, edit) : []);
    if (focused >= 0) /** @type {HTMLElement | undefined} */ ([...cards.querySelectorAll(focusable)][focused])?.focus();
}

/** @param {Mistake[]} mistakes */
function setMistakes(mistakes) {
    mistakesElement.hidden = mistakes.length === 0;
    // The first line of the file is what it includes: the text begins on the next one.
    mistakesElement.replaceChildren(element('p', {}, words.wrong), element('ul', {}, ...mistakes.map(one => element('li', {}, one.line !== null ? words.atLine({line: one.line + 1, column: one.column ?? 1}) : '', element('span', {lang: 'en'}, one.message)))));
    if (mistakes.length && answer) staleElement.hidden = false;
}

// ---- the right side

const progress = element('progress', {max: '1', value: '0', 'aria-label': words.waiting});
const progressText = element('span', {class: 'note', role: 'status'});
const lostElement = element('p', {class: 'warning', role: 'alert', hidden: true}, words.lost);
const staleElement = element('p', {class: 'note stale', hidden: true}, words.stale);
const happening = makeHappening({choices, map, chosen, told: toldNow, command: commandOf, changed() { writeAddress(); void showAnswer(); }});

const answerPane = element('div', {id: 'happens'}, element('div', {class: 'progress'}, progress, progressText), staleElement, happening.element);
const briefPane = element('div', {id: 'brief'});
const paneButtons = Object.entries(words.panes).map(([name, text]) => element('button', {type: 'button', 'data-pane': name, onclick: () => { pane = name; writeAddress(); showPane(); }}, text));

/** What happens, or what to do. */
function showPane() {
    for (const button of paneButtons) button.setAttribute('aria-pressed', String(button.dataset.pane === pane));
    answerPane.hidden = pane !== 'answer';
    decisions.element.hidden = pane !== 'decide';
    briefPane.hidden = pane !== 'brief';
    document.documentElement.dataset.shows = pane;
    showBrief();
    decisions.show();
}

/** @param {number} worlds @param {number} of */
function tellProgress(worlds, of) {
    progress.value = of > 0 ? worlds / of : 0;
    progressText.textContent = words.worlds({done: format.number(worlds), of: format.number(of)});
}

/** @param {number} which @param {Answer} told @returns {import('../types.js').View} */
function viewOf(which, {results}) {
    const result = results[Math.min(which, results.length - 1)];
    if (chosen.month < 0) {
        const wanted = result.months.findIndex(day => day >= '2030-12-31');
        chosen.month = wanted >= 0 ? wanted : Math.floor(result.months.length / 2);
    }
    return {result, words: pageWords, format, name: nameIn, month: Math.min(chosen.month, result.months.length - 1)};
}

/** @param {Answer} told */
const namesOf = told => [words.base, question.name || words.yours].slice(0, told.results.length);

/** @param {Answer} told */
function commandOf({results, worlds}) {
    return [results.length > 1 ? `homeward compare ${choices.base} question.yaml` : `homeward run ${choices.base}`, `-n ${worlds} --seed ${choices.seed}`, ...choices.settings.map(setting => `--set '${setting.replaceAll("'", "'\\''")}'`)].join(' ');
}

/** @returns {import('./happens.js').Told | null} */
function toldNow() {
    return answer ? {answer, base: viewOf(0, answer), yours: viewOf(1, answer), names: namesOf(answer)} : null;
}

/** The page of paper, made when somebody looks at it. */
function showBrief() {
    const told = toldNow();
    if (!told || stale || pane !== 'brief') return;
    const {base, yours, names} = told, own = figureElement({...curveChart(base, told.answer.results, names, chosen.place), id: 'brief-curve', lead: undefined}, base);
    briefPane.replaceChildren(...briefElements(base, told.answer, question, choices, {
        place: chosen.place, sentences: [...saidOf(base, told.answer, chosen.place), ...saidOfAll(yours, told.answer).slice(0, 1)], known: knowledgeSentences(base), curve: own.figure,
        command: commandOf(told.answer), text: questionFile(question, choices),
    }));
}

async function showAnswer() {
    const drawn = answer;
    // Until the last part is drawn, some of them still tell an earlier question, place or date.
    delete document.documentElement.dataset.worlds;
    if (!drawn || !await happening.draw() || stale) return;
    staleElement.hidden = true;
    document.documentElement.dataset.worlds = String(drawn.worlds);
    showBrief();
    decisions.show();
}

// ---- begin

const left = element('section', {id: 'question', 'aria-labelledby': 'question-heading'}, element('h2', {id: 'question-heading'}, words.question),
    element('div', {class: 'buttons'}, element('button', {type: 'button', id: 'undo', onclick: () => { const last = before.pop(); if (last) { question = last; writeAddress(); showCards(); showFile(); ask(); } }}, words.undo),
        element('button', {type: 'button', id: 'reset', onclick: () => edit(q => Object.assign(q, nothing()))}, words.reset)));

const right = element('section', {id: 'answer', 'aria-labelledby': 'answer-heading'}, element('h2', {id: 'answer-heading'}, words.answer),
    element('div', {class: 'switch', role: 'group', 'aria-label': words.show}, ...paneButtons), lostElement, answerPane, decisions.element, briefPane);

/** What stands below the cards comes after them: nothing moves. */
function showWhole() {
    left.append(element('fieldset', {}, element('legend', {}, words.file), element('p', {class: 'note'}, words.fileHelp), handNote, file,
        element('div', {class: 'buttons'}, element('button', {type: 'button', onclick: () => navigator.clipboard?.writeText(questionFile(question, choices))}, words.copy),
            element('button', {type: 'button', id: 'download', onclick: () => save('question.yaml', questionFile(question, choices), 'application/yaml')}, words.download),
            element('button', {type: 'button', onclick: () => upload.click()}, words.upload), upload, byHand)),
        element('p', {class: 'note'}, words.share));
    left.after(right);
    showFile();
}

function show() {
    left.append(mistakesElement, cards);
    page.replaceChildren(element('header', {}, element('div', {class: 'bar'}, element('p', {class: 'brand'}, element('strong', {}, 'Homeward'), ` · ${words.title}`, choices.report && ' · ', choices.report && element('a', {href: 'report'}, words.report)), languageSwitch(pageWords, language, next => { spoken = next; writeAddress(); speak(next); }), themeButton(pageWords)), element('h1', {}, nameIn(choices.title)), element('p', {class: 'reading'}, words.lead), language !== 'en' && element('p', {class: 'note', id: 'language-note'}, words.languageNote)),
        element('main', {class: 'desk'}, left));
    document.title = `${nameIn(choices.title)} · Homeward`;
    document.documentElement.lang = language;
}

/** In tasks, so that the window stays quick; asked early, so that worlds run meanwhile. */
async function begin() {
    readAddress();
    show();
    showPane();
    for (const next of [ask, showCards, showWhole]) {
        await pause();
        next();
    }
    if (keptDecision) decisions.restore(keptDecision);
    document.documentElement.dataset.ready = String(Math.round(performance.now()));
}
void begin();
