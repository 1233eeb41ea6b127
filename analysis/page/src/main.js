// The page: reads its numbers, builds its sections in the order in which questions are asked, and redraws what a
// switch or the slider changes.
import {element, save} from './element.js';
import {languageSwitch} from './language.js';
import {knows, languages, learn, namesIn, wordsOf} from './words.js';
import {canUnpack, unpacked} from './packed.js';
import {makeFormat, parseDay} from './format.js';
import {answerSentences, peopled} from './answer.js';
import {fileName, figureElement} from './figure.js';
import {knowledgeSentences} from './knowledge.js';
import {drawAll, pause} from './seen.js';
import {readAddress, writeAddress} from './address.js';
import {comparisonTable} from './comparison_table.js';
import {placeChart, placeDelayChart, placePicker, placeSentences, placesOf} from './place.js';
import {releasedBefore} from './charts/map.js';
import {themeButton} from './theme.js';
import {changedValues, comparisonSentences, differencesChart} from './comparison.js';
import {firstOutcome, influenceChart, influenceOverview, influenceSentences, outcomesOf, sweepLead} from './influence.js';
import {forecastChart, groupName, groupsOf, originsOf, scoreTable, scoresLead, scoresSentences} from './scores.js';
import {answerCards, answerChart, answerFacts, answerLead, answerShort, answerTable, answerTitle} from './decisions.js';
import {delayChart, landCharts, mapChart, purposesChart, streamsCharts, timelineChart, victimsChart} from './charts.js';

/** @typedef {import('./types.js').View} View */
/** @typedef {import('./types.js').Data} Data */
/** @typedef {import('./figure.js').Chart} Chart */
/** @typedef {ReturnType<typeof figureElement>} Framed */

/** @param {string} id */
const read = id => JSON.parse(document.getElementById(id)?.textContent ?? '');
/** @type {Data} */
const data = read('data');
const map = data.map ?? read('outlines');
const page = /** @type {HTMLElement} */ (document.getElementById('page'));

const usual = {language: data.language, result: 0, month: firstMonth(data), place: firstPlace(data), event: /** @type {import('./charts.js').Event} */ ('place_release'), outcome: -1, scored: '', origin: ''};
const state = {...usual, ...readAddress(usual, accepts)};

/** What an address may say here. @param {string} key @param {string | number} value */
function accepts(key, value) {
    if (key === 'language') return languages.includes(String(value));
    if (key === 'result') return Number.isInteger(value) && value in data.results;
    if (key === 'month') return Number.isInteger(value) && Number(value) >= 0;
    if (key === 'place') return data.results.some(result => placesOf(result).includes(String(value)));
    return key === 'event' || key === 'outcome' || key === 'scored' || key === 'origin';
}

/** The one asked about; else the first in which people will live. @param {Data} data */
function firstPlace({results: [result], place}) {
    const names = placesOf(result), asked = place?.toLocaleLowerCase();
    return names.find(name => name.toLocaleLowerCase() === asked) ?? names.find((_, i) => result.lived_in[i] && releasedBefore(result, names[i]) === undefined) ?? names[0] ?? '';
}
/** @type {Framed[]} */
let figures = [];

/** The month asked about; else the end of 2030, the year for which return is planned; else the middle. @param {Data} data */
function firstMonth(data) {
    const {months} = data.results[0];
    const wanted = data.by ?? '2030-12-31';
    const found = months.findIndex(day => day >= wanted);
    return found >= 0 && (data.by || months[0] <= wanted) ? found : Math.floor(months.length / 2);
}

/** @returns {View} */
function makeView() {
    const {language} = state, result = data.results[state.result], words = wordsOf(language, result.money);
    return {result, words, format: makeFormat(language, words.format), name: namesIn(words), month: Math.min(state.month, result.months.length - 1)};
}

// ---- sections

/** @param {string} id @param {string} title @param {...(Node | null | false)} content */
function section(id, title, ...content) {
    return element('section', {id, 'aria-labelledby': `${id}-heading`}, element('h2', {id: `${id}-heading`}, title), ...content);
}

/** @param {View} view */
function header(view) {
    const {words, result, format} = view;
    const results = data.results.length > 1 && element('label', {class: 'choice'}, `${words.scenario}: `,
        element('select', {id: 'result', onchange: event => change({result: Number(event.target.value)})},
            ...data.results.map((r, i) => element('option', {value: String(i), selected: i === state.result}, view.name(r.title)))));
    const warnings = [!result.complete && words.incomplete({done: format.number(result.count + result.failed), asked: format.number(result.asked)}),
                      result.failed > 0 && words.failed({failed: format.number(result.failed), asked: format.number(result.asked)})];
    return element('header', {},
        element('div', {class: 'bar'}, element('p', {class: 'brand'}, element('strong', {}, 'Homeward'), ` · ${words.tagline}`), languageSwitch(words, state.language, language => change({language})), themeButton(words)),
        element('h1', {}, view.name(result.title)),
        ...knowledgeSentences(view).map(sentence => element('p', {class: 'reading known'}, element('strong', {}, sentence))),
        element('p', {class: 'reading'}, words.howToRead({count: format.number(result.count), horizon: format.day(parseDay(result.horizon))})),
        results, ...warnings.map(text => text && element('p', {class: 'warning', role: 'alert'}, text)));
}

/** @param {View} view */
function answerSection(view) {
    const {words, result, format} = view;
    const sentences = element('div', {class: 'sentences', 'aria-live': 'polite'});
    const output = element('output', {for: 'slider', class: 'date'});
    const slider = element('input', {
        type: 'range', id: 'slider', min: '0', max: String(result.months.length - 1), step: '1', value: String(view.month),
        oninput: () => { state.month = Number(slider.value); tell(); }, onkeydown: event => { if (event.key === 'PageUp' || event.key === 'PageDown') { event.preventDefault(); move(event.key === 'PageUp' ? 12 : -12); } },
    });
    /** @param {number} months */
    const move = months => {
        state.month = Math.max(0, Math.min(result.months.length - 1, state.month + months));
        slider.value = String(state.month);
        tell();
    };
    const place = element('div', {class: 'map-place'});
    function tell() {
        const now = makeView(), day = now.format.day(parseDay(result.months[now.month]));
        output.textContent = day;
        slider.setAttribute('aria-valuetext', day);
        sentences.replaceChildren(...answerSentences(now).map(sentence => element('p', {}, sentence)));
        replaceFigure(place, mapChart(now, map), now);
        redrawPlace();
        keepAddress();
        redrawTimeline(now);
    }
    redrawAsked = tell;
    const control = element('div', {class: 'slider'}, element('label', {for: 'slider'}, words.byWhen, ' ', output),
        element('div', {class: 'track'}, element('button', {type: 'button', 'aria-label': words.back, onclick: () => move(-12)}, '−'), slider,
            element('button', {type: 'button', 'aria-label': words.forth, onclick: () => move(12)}, '+')),
        element('div', {class: 'ends', 'aria-hidden': 'true'}, element('span', {}, format.month(parseDay(result.months[0]))), element('span', {}, format.month(parseDay(result.horizon)))));
    return section('answer', words.answer, element('div', {class: 'answer'}, element('div', {class: 'said'}, sentences, control), place));
}

let redrawAsked = () => {}, redrawPlace = () => {};

/** @param {View} view */
function redrawTimeline(view) {
    if (timelinePlace.isConnected && view.result.tables[state.event]) replaceFigure(timelinePlace, timelineChart(view, state.event, eventChoice(view)), view);
}

const keepAddress = () => writeAddress(state, usual);

/** @param {View} view */
function placeSection(view) {
    const {words, result} = view;
    if (!placesOf(result).length) return [];
    if (!placesOf(result).includes(state.place)) usual.place = state.place = placesOf(result)[0];
    const said = element('div', {class: 'said-of-place', 'aria-live': 'polite'}), curve = element('div', {}), held = element('div', {});
    redrawPlace = () => {
        const now = makeView(), delays = placeDelayChart(now, state.place);
        said.replaceChildren(...placeSentences(now, state.place).map(sentence => element('p', {}, sentence)));
        replaceFigure(curve, placeChart(now, data.results, state.place), now);
        if (delays) replaceFigure(held, delays, now);
        else held.replaceChildren();
    };
    const picker = placePicker(view, state.place, place => {
        state.place = place;
        redrawPlace();
        keepAddress();
    });
    redrawPlace();
    return [section('place-section', result.places.length ? words.placeView : words.districtView, picker, said, curve, held)];
}
let timelinePlace = element('div', {});

/** What comes on a day in these results, and of which of their names. @param {import('./types.js').Result} result */
const eventsOf = result => /** @type {import('./charts.js').Event[]} */ (['place_release', 'place_first_return', 'district_completion']).filter(event => result.tables[event]);

/** @param {View} view */
function eventChoice(view) {
    const {words, result} = view;
    const events = eventsOf(result);
    if (events.length < 2) return null;
    return element('div', {class: 'switch', role: 'group', 'aria-label': words.show}, ...events.map(event => element('button', {
        type: 'button', 'data-event': event, 'aria-pressed': String(event === state.event), onclick: () => {
            state.event = event;
            redrawAsked();
            /** @type {HTMLElement | null} */ (document.querySelector(`[data-event=${event}]`))?.focus();
        },
    }, words.events[event])));
}

/** What the results after the first change against it. @param {View} view */
function comparisonSections(view) {
    const {words} = view, {comparison} = data;
    if (data.results.length < 2) return [];
    if (!comparison) return [section('compare', words.compare, element('p', {}, words.incomparable), element('ul', {}, ...(data.incomparable ?? []).map(reason => element('li', {}, reason))))];
    const parts = data.results.slice(1).flatMap((result, i) => [
        element('h3', {}, view.name(result.title)),
        element('ul', {class: 'findings'}, ...comparisonSentences(view, comparison, result.name).map(sentence => element('li', {}, sentence))),
        changedValues(view, comparison, result.name),
        ...frames([differencesChart(view, comparison, result, i + 1)], view),
    ]);
    return [section('compare', words.compare, element('p', {class: 'reading'}, words.compareLead({base: view.name(data.results[0].title)})), comparisonTable(view, data, comparison), ...parts)];
}

/** What a sweep over the inputs says of them. @param {View} view */
function influenceSection(view) {
    const {words} = view, {sweep} = data;
    if (!sweep) return [];
    const outcomes = outcomesOf(view, sweep);
    if (!(state.outcome in outcomes)) usual.outcome = state.outcome = firstOutcome(outcomes);
    const said = element('ul', {class: 'findings', 'aria-live': 'polite'}), place = element('div', {});
    function tell() {
        const now = makeView(), outcome = outcomesOf(now, /** @type {import('./types.js').Sweep} */ (sweep))[state.outcome];
        said.replaceChildren(...influenceSentences(now, /** @type {import('./types.js').Sweep} */ (sweep), outcome).map(sentence => element('li', {}, sentence)));
        const chart = influenceChart(now, /** @type {import('./types.js').Sweep} */ (sweep), outcome);
        if (chart) replaceFigure(place, chart, now);
        else place.replaceChildren();
    }
    const choice = outcomes.length > 1 && element('label', {class: 'choice'}, element('strong', {}, words.outcome), ' ',
        element('select', {id: 'outcome', onchange: event => { state.outcome = Number(event.target.value); keepAddress(); tell(); }},
            ...outcomes.map((outcome, i) => element('option', {value: String(i), selected: i === state.outcome}, outcome.name))));
    tell();
    return [section('influences', words.influences, ...sweepLead(view, sweep, data.results.map(result => result.title)), influenceOverview(view, sweep, outcomes), choice, said, place)];
}

/** How good forecasts of earlier days were. @param {View} view */
function scoresSection(view) {
    const {words, format} = view, {scores} = data;
    if (!scores) return [];
    const known = scores, groups = groupsOf(known), place = element('div', {});
    if (!groups.includes(state.scored)) usual.scored = state.scored = groups[0];
    const origins = element('select', {id: 'scored-origin', onchange: event => { state.origin = event.target.value; keepAddress(); tell(); }});
    function tell() {
        const now = makeView(), days = originsOf(known, state.scored);
        if (!days.includes(state.origin)) usual.origin = state.origin = days[days.length - 1];
        origins.replaceChildren(...days.map(day => element('option', {value: day, selected: day === state.origin}, format.day(parseDay(day)))));
        replaceFigure(place, forecastChart(now, known, state.scored, state.origin), now);
    }
    const choice = element('label', {class: 'choice'}, element('strong', {}, words.scoredFacts), ' ',
        element('select', {id: 'scored', onchange: event => { state.scored = event.target.value; keepAddress(); tell(); }}, ...groups.map(group => element('option', {value: group, selected: group === state.scored}, groupName(view, group)))));
    tell();
    return [section('scores', words.scores, ...scoresLead(view, known), element('ul', {class: 'findings'}, ...scoresSentences(view, known).map(sentence => element('li', {}, sentence))),
        scoreTable(view, known), element('p', {class: 'note'}, words.scoreNote), choice, element('label', {class: 'choice'}, element('strong', {}, words.scoredFrom), ' ', origins), place)];
}

/** Answers to questions of what to do, one section each. @param {View} view */
function answerSections(view) {
    return (data.answers ?? []).map((answer, i) => {
        const chart = answerChart(view, answer, i);
        return section(`decision-${i}-section`, answerTitle(view, answer), ...answerLead(view, answer), answerCards(view, answer), ...frames([chart], view), answerTable(view, answer, chart !== null), answerFacts(view, answer));
    });
}

/** @param {View} view */
function sweepFacts(view) {
    const {words} = view, {sweep} = data;
    if (!sweep) return [];
    const design = `${fileName(sweep.title)}.yaml`;
    /** @type {[string, string][]} */
    const facts = [[words.sweepTitle, view.name(sweep.title)], [words.facts.seed, sweep.seed], [words.sweepDigest, sweep.digest], [words.facts.version, `homeward ${sweep.version}`],
                   [words.facts.file, sweep.file], [words.facts.command, `homeward sweep ${design}`]];
    return [element('h3', {}, words.sweepAgain), element('p', {}, words.sweepAgainText),
            element('p', {class: 'buttons'}, element('button', {type: 'button', id: 'save-design', onclick: () => save(design, sweep.text, 'application/yaml')}, words.saveDesign)), factList(words, facts)];
}

/** @param {import('./types.js').Words} words @param {[string, string][]} facts */
function factList(words, facts) {
    return element('dl', {}, ...facts.flatMap(([term, text]) => [element('dt', {}, term), element('dd', {class: [words.facts.command, words.facts.digest, words.sweepDigest].includes(/** @type {import('./words.js').Word} */ (term)) ? 'code' : ''}, text)]));
}

/** @param {View} view */
function methodSection(view) {
    const {words, result, format} = view;
    const scenario = `${fileName(result.title)}.yaml`;
    const command = `homeward run ${scenario} -n ${result.asked} --seed ${result.seed}`;
    /** @type {[string, string][]} */
    const facts = [
        [words.facts.title, view.name(result.title)], .../** @type {[string, string][]} */ (result.as_of !== undefined ? [[words.facts.asOf, format.day(parseDay(result.as_of))]] : []), [words.facts.span, `${format.day(parseDay(result.start))} – ${format.day(parseDay(result.horizon))}`],
        [words.facts.count, words.countOf({count: format.number(result.count), asked: format.number(result.asked), failed: format.number(result.failed)})], [words.facts.seed, result.seed],
        [words.facts.digest, result.digest], [words.facts.model, result.model], [words.facts.version, `homeward ${result.version}`], [words.facts.file, result.file], [words.facts.command, command],
    ];
    const {scenario: yaml} = result;
    return section('method', words.method, ...words.methodText.map(text => element('p', {}, text)), map.features.length > 0 && element('p', {}, data.map ? words.mapOwn : words.mapSource),
        element('h3', {}, words.reproduce), element('p', {}, words.reproduceText),
        yaml !== null && canUnpack && element('p', {class: 'buttons'}, element('button', {type: 'button', id: 'save-scenario', onclick: async () => save(scenario, await unpacked(yaml), 'application/yaml')}, words.saveScenario)),
        factList(words, facts), ...sweepFacts(view));
}

// ---- drawing

const printWidth = 700, printedMapWidth = 400;
/** On paper; in the window charts find their width on their own. */
const fitPaper = () => figures.forEach(framed => framed.redraw(framed.figure.id === 'map' ? printedMapWidth : printWidth));

/** @param {HTMLElement} place @param {Chart} chart @param {View} view */
function replaceFigure(place, chart, view) {
    const open = place.querySelector('button[aria-expanded=true]') !== null;
    const framed = figureElement(chart, view);
    figures = figures.filter(other => place !== other.figure.parentElement);
    figures.push(framed);
    place.replaceChildren(framed.figure);
    if (open) /** @type {HTMLElement} */ (place.querySelector('button[aria-expanded]')).click();
}

/** @param {(Chart | null)[]} charts @param {View} view */
function frames(charts, view) {
    return charts.filter(chart => chart !== null).map(chart => {
        const framed = figureElement(/** @type {Chart} */ (chart), view);
        figures.push(framed);
        return framed.figure;
    });
}

/** @param {Partial<typeof state>} what */
function change(what) {
    const wanted = what.language ?? state.language;
    if (!knows(wanted)) return void learn(wanted).then(() => change(what));
    Object.assign(state, what);
    keepAddress();
    const focused = document.activeElement?.getAttribute('data-language');
    void show();
    if (focused) /** @type {HTMLElement | null} */ (document.querySelector(`[data-language=${state.language}]`))?.focus();
}

/** Of the section of an answer. @param {View} view @param {string} id */
const shortOf = (view, id) => answerShort(view, /** @type {import('./types.js').Answer[]} */ (data.answers)[Number(id.split('-')[1])]);

/** Sections in the order in which questions are asked. @param {View} view @returns {(() => HTMLElement[])[]} */
function sectionsOf(view) {
    const {words} = view;
    return [
        () => [answerSection(view)],
        () => placeSection(view),
        () => comparisonSections(view),
        () => [section('land-and-people', peopled(view.result) ? words.land : words.landAlone, ...frames(landCharts(view), view))],
        () => [section('when', view.result.places.length ? words.when : words.whenDistricts, timelinePlace)],
        () => [section('delays', words.delay, ...frames([delayChart(view)], view))],
        () => [section('money', words.money, ...frames([...streamsCharts(view), purposesChart(view)], view))],
        () => [section('victims', words.victims, ...frames([victimsChart(view)], view))],
        () => answerSections(view),
        () => scoresSection(view),
        () => influenceSection(view),
        () => [methodSection(view)],
    ];
}

/** The address keeps what was chosen. @param {Event} event @param {HTMLElement} part */
function goTo(event, part) {
    event.preventDefault();
    drawAll();
    part.scrollIntoView();
    const heading = part.querySelector('h2');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus({preventScroll: true});
}

/** @param {'in pieces'} [how] for the first time */
async function show(how) {
    const view = makeView(), {words} = view;
    state.month = view.month;
    if (!view.result.tables[state.event]) usual.event = state.event = eventsOf(view.result)[0];
    document.documentElement.lang = state.language;
    document.title = `${view.name(view.result.title)} · Homeward`;
    figures = [];
    timelinePlace = element('div', {});
    const list = element('ul', {}), main = element('main', {});
    page.replaceChildren(header(view), element('nav', {'aria-label': words.contents}, list), main);
    for (const make of sectionsOf(view)) {
        for (const part of make().filter(part => part.children.length > 1)) {
            main.append(part);
            list.append(element('li', {}, element('a', {href: `#${part.id}`, onclick: event => goTo(event, part)}, part.id === 'land-and-people' && !peopled(view.result) ? words.landAlone : words.short[part.id] ?? shortOf(view, part.id))));
            if (part.id === 'answer') redrawAsked();
            if (part.id === 'when') redrawTimeline(view);
        }
        if (how) await pause();
    }
}

// ---- begin

addEventListener('beforeprint', fitPaper);
addEventListener('afterprint', () => figures.forEach(({fit, drawing}) => fit(Math.round(drawing.clientWidth))));
// The other languages come last: who switches waits for nothing.
void learn(state.language).then(pause).then(() => show('in pieces')).then(() => Promise.all(languages.map(learn))).then(() => { document.documentElement.dataset.ready = String(Math.round(performance.now())); });
