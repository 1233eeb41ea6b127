// Everything that the page says, twice. Words of mine action follow IMAS 04.10.

/** @typedef {typeof en} Words */

const en = {
    language: 'English',
    languages: 'Language',
    tagline: 'Mine clearance and return: when, how likely, for how much',
    howToRead: /** @param {string} count @param {string} horizon */ (count, horizon) =>
        `${count} simulated futures, each with its own draw of what nobody knows. In one of ten it comes by P10 (the early case), in half by P50 (the middle case), in nine of ten by P90 (the late case). “After ${horizon}” means: not before the simulation ends.`,
    incomplete: /** @param {string} done @param {string} asked */ (done, asked) =>
        `Incomplete: ${done} of ${asked} replications were finished. The figures hold for these.`,
    failed: /** @param {string} failed @param {string} asked */ (failed, asked) =>
        `${failed} of ${asked} replications broke a law of the model and are left out of all figures. Do not rely on them before the cause is known.`,
    scenario: 'Scenario',
    contents: 'Contents',
    after: /** @param {string} day */ day => `after ${day}`,
    by: /** @param {string} day */ day => `by ${day}`,
    notByHorizon: /** @param {string} year */ year => `not by end of ${year}`,

    answer: 'The answer',
    byWhen: 'By when?',
    back: 'A year earlier',
    forth: 'A year later',
    answerPlaces: /** @param {{day: string, likely: string, all: string, sure: string}} a */ a =>
        `By ${a.day}, ${a.likely} of ${a.all} places are more likely than not released from mines, and ${a.sure} of them with a probability of at least 90 %.`,
    answerDistricts: /** @param {{best: string, chance: string, none: boolean, land: string, low: string, high: string}} a */ a =>
        (a.none ? `No district is likely to have all its known hazard areas released by then` : `The district most likely to have all its known hazard areas released by then is ${a.best}, with ${a.chance}`) +
        `; ${a.land} ha of suspected land remain in the middle case (${a.low}–${a.high} ha from P10 to P90).`,
    answerPeople: /** @param {{people: string, low: string, high: string}} a */ a =>
        `About ${a.people} people live there again in the middle case: in eight of ten futures between ${a.low} and ${a.high}.`,
    noLand: /** @param {{best: string, chance: string, none: boolean}} a */ a =>
        a.none ? 'No district is likely to have all its known hazard areas released by then.' : `The district most likely to have all its known hazard areas released by then is ${a.best}, with ${a.chance}.`,

    classes: ['very unlikely, under 10 %', 'unlikely, 10–33 %', 'about as likely as not, 33–66 %', 'likely, 66–90 %', 'very likely, over 90 %'],
    mapTitle: /** @param {string} day */ day => `How likely is it by ${day}?`,
    mapLead: 'Districts: probability that all known hazard areas are released. Dots: probability that a place is released.',
    mapNote: 'A dot stands anywhere in its district, not where the place lies: the simulation knows no coordinates, and none of uncleared ground are shown.',
    offMap: 'Not on the map',
    settlement: 'place where people will live',
    corridor: 'road or other place where nobody will live',
    district: 'district',
    chanceOf: /** @param {string} name @param {string} chance @param {string} low @param {string} high */ (name, chance, low, high) =>
        `${name}: ${chance} (95 % interval of the Monte Carlo error ${low}–${high})`,
    tablePlacesBy: /** @param {string} day */ day => `Probability that a place is released by ${day}, %`,
    tableDistrictsBy: /** @param {string} day */ day => `Probability that a district is complete by ${day}, %`,

    compare: 'What the other scenarios change',
    compareLead: /** @param {string} base */ base => `Each scenario is compared with “${base}” on the same worlds: replication 7 of both has the same ground, weather and donors, so that only what the scenario changes makes a difference. What is not released by the end counts up to there.`,
    incomparable: 'These results cannot be compared world by world:',
    sooner: 'sooner', later: 'later', more: 'more', fewer: 'fewer', less: 'less',
    sameInAll: 'the same in all worlds',
    sizeClear: /** @param {{amount: string, unit: string, way: string, low: string, high: string, alone: boolean}} a */ a => `${a.amount} ${a.unit} ${a.way} on average (95 % interval ${a.low} to ${a.high}${a.alone ? '; clear only if this were the one question' : ''})`,
    sizeUnclear: /** @param {{amount: string, unit: string, low: string, high: string}} a */ a => `${a.amount} ${a.unit}, which cannot be told from zero (95 % interval ${a.low} to ${a.high})`,
    placesChanged: /** @param {Record<'all' | 'sooner' | 'later' | 'alone' | 'unclear' | 'same', string>} a */ a => `Of ${a.all} places, ${a.sooner} are clearly released sooner and ${a.later} clearly later; ${a.alone} more differ if looked at alone; of ${a.unclear} the difference cannot be told from zero; ${a.same} stay the same in all worlds.`,
    placeChanged: /** @param {{place: string, size: string}} a */ a => `Release of ${a.place}: ${a.size}.`,
    peopleChanged: /** @param {{day: string, size: string}} a */ a => `People back on ${a.day}: ${a.size}.`,
    moneyChanged: /** @param {string} size */ size => `Money spent on mine action until the end: ${size}.`,
    victimsChanged: /** @param {string} size */ size => `Casualties until the end: ${size}.`,
    differencesTitle: /** @param {string} title */ title => `Days by which places are released sooner or later: ${title}`,
    differencesLead: 'Dot: mean difference over all worlds; line: its 95 % interval; left of zero is sooner. Filled dots are clear among all comparisons (Holm), hollow ones only if they were the one question.',
    unclearDifference: 'cannot be told from zero',
    changedValues: 'What it changes in the scenario',
    changesGround: 'changes the ground itself',
    notThere: 'not there',
    andMore: /** @param {string} count */ count => `and ${count} more, see the table of differing values of homeward compare`,

    land: 'Land and people',
    landTitle: 'Suspected land by what became of it, ha',
    landLead: 'Five ledgers that always add up. Each panel has its own scale. Line: middle case; band: from P10 to P90, eight of ten futures.',
    peopleTitle: 'People living in released places',
    peopleLead: 'Line: middle case; band: from P10 to P90.',
    unitHa: 'ha',
    unitPersons: 'persons',
    fanPoint: /** @param {{name: string, when: string, p10: string, p50: string, p90: string, unit: string}} a */ a =>
        `${a.name}, ${a.when}: ${a.p50} ${a.unit} in the middle case, ${a.p10} to ${a.p90} from P10 to P90`,
    band: 'P10 to P90', middle: 'P50, middle case',

    when: 'When each place is released',
    whenTitle: {
        place_release: 'Release of each place, from the early to the late case',
        place_first_return: 'First families back in each place, from the early to the late case',
        district_completion: 'All known hazard areas of each district released, from the early to the late case',
    },
    whenLead: /** @param {string} year */ year => `Bar: P10 to P90. Mark: P50. An open end reaches past the simulation. At the right: share of futures in which it does not happen by the end of ${year}.`,
    show: 'Show',
    events: {place_release: 'release of places', place_first_return: 'first families', district_completion: 'completion of districts'},
    openEnd: 'reaches past the end',
    asked: 'the date asked about',
    whenPoint: /** @param {{name: string, p10: string, p50: string, p90: string, censored: string}} a */ a =>
        `${a.name}: P10 ${a.p10}, P50 ${a.p50}, P90 ${a.p90}; does not happen before the simulation ends in ${a.censored} of futures`,

    delay: 'What holds places back',
    delayTitle: 'Mean days between a place’s start and its release, by cause',
    delayLead: /** @param {string} causes */ causes => `Each day is charged to one cause. Of all days of all places most go to: ${causes}.`,
    delayPoint: /** @param {{name: string, cause: string, days: string, share: string}} a */ a => `${a.name}, ${a.cause}: ${a.days} days on average, ${a.share} of its wait`,
    unitDays: 'days',

    money: 'Money',
    streamsTitle: 'What became of each stream’s money by the end, % of what was pledged (mean)',
    streamsLead: 'Lapsed: not spent before its end date. Returned: paid back to the donor. Dropped: promised, but never committed or paid. Held: not yet spent. At the right: million USD pledged.',
    streamPoint: /** @param {{name: string, fate: string, amount: string, share: string}} a */ a => `${a.name}, ${a.fate}: ${a.amount} million USD, ${a.share} of what was pledged`,
    purposesTitle: 'Money spent each year by purpose, million USD (mean)',
    purposesLead: /** @param {{standby: string, low: string, high: string, share: string}} a */ a =>
        `Teams that stood ready but did not work cost ${a.standby} million USD by the end in the middle case (${a.low}–${a.high} from P10 to P90), ${a.share} of the mine action money spent.`,
    purposesPlain: 'Each panel has its own scale.',
    purposePoint: /** @param {{name: string, year: string, amount: string}} a */ a => `${a.name}, ${a.year}: ${a.amount} million USD`,
    mineAction: 'Mine action',
    reconstruction: 'Building of houses (reconstruction)',
    lapsedLead: /** @param {{lapsed: string, names: string}} a */ a => `On average ${a.lapsed} million USD lapse or are returned unspent, most of it from: ${a.names}.`,
    unitMoney: 'million USD',

    victims: 'Casualties',
    victimsTitle: 'Casualties since the start, persons',
    victimsLead: 'Line: middle case; band: from P10 to P90. Each panel has its own scale.',

    influences: 'Which assumptions matter most',
    sweepLead: /** @param {{inputs: string, names: string, points: string, design: string, count: string}} a */ a =>
        `A sweep moved ${a.inputs} inputs of ${a.names} over their ranges: ${a.points} points of a ${a.design} design, ${a.count} simulated futures at each, all in the same random worlds. Only what was moved can be ranked, and the wider the range of an input, the more it can matter.`,
    sweepFailed: /** @param {string} count */ count => `At ${count} points of the sweep replications broke a law of the model and are left out. Do not rely on the ranks before the cause is known.`,
    sweepStranger: /** @param {{varied: string, shown: string, count: string}} a */ a => `The sweep moved the inputs of “${a.varied}”, which differs from “${a.shown}” on this page in ${a.count} values. The ranks hold for the former:`,
    byOutcome: 'What moves each outcome most',
    noneToldShort: 'nothing that can be told from zero',
    outcome: 'Outcome',
    andOthers: /** @param {string} count */ count => `and ${count} more`,
    assumed: 'assumed', sourced: 'with a source',
    remains: /** @param {{name: string, assumed: boolean, share: string, low: string, high: string}} a */ a =>
        `Some ${a.share} of the variance of this outcome would remain if all other moved inputs were known and only “${a.name}”${a.assumed ? ', which is assumed,' : ''} were not (95 % interval ${a.low} to ${a.high}).`,
    alone: /** @param {{name: string, share: string, low: string, high: string}} a */ a => `To know “${a.name}” alone would take ${a.share} of the variance away (${a.low} to ${a.high}).`,
    aloneUnclear: /** @param {string} name */ name => `How much would go if “${name}” alone were known cannot be told from zero.`,
    shifts: /** @param {{name: string, assumed: boolean, range: string, amount: string, low: string, high: string}} a */ a =>
        `Moving “${a.name}”${a.assumed ? ', which is assumed,' : ''} over its whole range${a.range ? ` (${a.range})` : ''}, with all else held, shifts this outcome by ${a.amount} on average (95 % interval ${a.low} to ${a.high}).`,
    direction: /** @param {string} way */ way => `On average a higher value means ${way}.`,
    directionUnclear: 'In which direction cannot be told: that depends on the other inputs.',
    goesAlong: /** @param {{name: string, assumed: boolean, measure: string, size: string, low: string, high: string}} a */ a =>
        `“${a.name}”${a.assumed ? ', which is assumed,' : ''} goes along with this outcome most closely: ${a.measure} ${a.size} (95 % interval ${a.low} to ${a.high}; 1 or −1 would be in step, 0 without any trend).`,
    explained: /** @param {string} share */ share => `A sum of straight-line effects of all inputs explains ${share} of the variance; of the rest this design says nothing.`,
    nextInfluences: /** @param {string} names @param {string} count */ (names, count) => `Next come ${names}. In all, ${count} inputs can be told from zero.`,
    noneTold: 'No input can be told from zero here: it takes more points, or more replications.',
    untoldInfluences: /** @param {{count: string, all: string, names: string}} a */ a => `Not to be told from zero, or from the noise of the replications: ${a.count} of ${a.all} inputs (${a.names}). That does not prove that they are harmless.`,
    unranked: /** @param {string} names */ names => `This design cannot rank: ${names}.`,
    noiseTaken: /** @param {string} share */ share => `${share} of the variance between the points was noise of their limited replications. It was measured world by world and taken off; the intervals allow for other worlds, too.`,
    noiseAtMost: /** @param {string} share */ share => `At most ${share} of the variance between the points is noise of their limited replications. The intervals tell of the choice of points only, not of the random worlds.`,
    noiseUnknown: 'How much of it is noise cannot be said: there is one replication at each point.',
    nothingToTell: /** @param {string} why */ why => `Nothing can be said of this outcome: ${why}.`,
    caution: /** @param {string} what */ what => `Caution: ${what}.`,
    cautions: /** @param {string} text */ text => text.replace(/^nothing to tell: /, ''),
    influenceTitle: {
        sobol: /** @param {{outcome: string, unit: string}} a */ a => `What makes “${a.outcome}” uncertain: share of its variance by input, %`,
        morris: /** @param {{outcome: string, unit: string}} a */ a => `What shifts “${a.outcome}”, and by how much${a.unit ? `: ${a.unit}` : ''}`,
        regression: /** @param {{outcome: string, unit: string}} a */ a => `What goes along with “${a.outcome}”: correlation by input, −1 to 1`,
    },
    influenceChartLead: {
        sobol: 'Total: share of the variance that would remain if all other inputs were known. Main: share that would go if this input alone were known. Lines: 95 % intervals. Estimates scatter: they may lie below 0 or above 100. A day that does not come before the simulation ends counts as its end.',
        morris: 'Size: mean shift when the input goes over its whole range, whatever the direction. Mean shift: with its sign, right of zero is later or more when the input is higher. Lines: 95 % intervals. A day that does not come before the simulation ends counts as its end.',
        regression: 'Right of zero: later or more when the input is higher. Lines: 95 % intervals. Correlations see only effects that go one way, and no interactions. A day that does not come before the simulation ends counts as its end.',
    },
    /** @type {Record<string, string>} */
    measures: {total: 'total', main: 'main', mu_star: 'size of the shift', mu: 'mean shift', rank_correlation: 'rank correlation', coefficient: 'regression coefficient'},
    measured: /** @param {{measure: string, value: string, low: string, high: string}} a */ a => `${a.measure} ${a.value} (95 % interval ${a.low} to ${a.high})`,
    influenceTables: ['ranks', 'outcomes', 'ranges'],
    verdicts: {yes: 'clear', noise: 'may be noise of the replications', no: 'cannot be told from zero'},
    noiseSign: 'noise of a single shift, one standard deviation',
    squareSign: 'square mark: the input has a source; round: it is assumed',
    moreInTable: /** @param {string} count */ count => `${count} less influential inputs are in the table.`,
    /** @type {Record<string, string>} */
    designs: {sobol: 'Sobol', morris: 'Morris', latin_hypercube: 'Latin hypercube', full_factorial: 'full factorial', fractional_factorial: 'fractional factorial', grid: 'grid', points: 'listed'},
    /** What an output of a sweep is of, by the model's words. @type {Record<string, string>} */
    outcomes: {
        'day on which the last hazard area of the place is released': 'Release', 'day on which the first families return': 'First families back',
        'first day on which all known hazard areas of the district are released': 'Completion of the district', 'people returned at the end of the month': 'People back',
        'victims since the start': 'Casualties', 'spent in the year by purpose': 'Money spent', 'spent in the year by stream': 'Money spent, by stream', 'area of all districts by ledger at the end of the month': 'Land',
        'suspected area found after the start': 'Suspected land found after the start',
    },
    sweepAgain: 'The same ranks again',
    sweepAgainText: 'Save the design, let its line “scenario” name the file of the scenario, and run it with the same version of the program.',
    saveDesign: 'Save the design of the sweep (YAML)',

    method: 'Method and limits',
    methodText: [
        'Homeward simulates survey, clearance, money, teams, seasons and return month by month, many times. One replication is one possible world: it draws which ground is contaminated, and one future of weather, breakdowns and donors. Land release follows IMAS 07.11; decisions use what planners believe, never the truth that was drawn.',
        '“Released” means that all hazard areas a place needs were cancelled, reduced or cleared, checked, and their completion reports signed. It does not mean free of mines: missed items remain, are found later, and cause accidents.',
        'Every probability counts the futures in which the thing does not happen before the simulation ends. The Monte Carlo error says how far a figure may be from what endless replications of the same scenario would give. It says nothing of how well the scenario describes the world.',
        'Many inputs are assumptions with wide ranges, each marked as such in the scenario. The results are as wide as what is known. This is planning support: no decision on tolerable risk, and no substitute for survey on the ground.',
        'District boundaries: Natural Earth (public domain), generalised, for display only. Class names of probability follow the calibrated words of the IPCC.',
    ],
    reproduce: 'The same results again',
    reproduceText: 'Save the scenario and run it with the same version of the program. The digest tells whether it is the same scenario.',
    saveScenario: 'Save the scenario (YAML)',
    facts: {
        title: 'Scenario', model: 'Model', version: 'Program version', digest: 'Scenario digest', seed: 'Seed', span: 'Simulated',
        count: 'Replications', file: 'Result file', command: 'Command',
    },
    countOf: /** @param {string} count @param {string} asked @param {string} failed */ (count, asked, failed) => `${count} used of ${asked} asked for, ${failed} failed`,

    tableView: 'Table', chartView: 'Chart', csv: 'CSV', svg: 'SVG', png: 'PNG',
    showTable: /** @param {string} title */ title => `Table: ${title}`,
    saveAs: /** @param {string} kind @param {string} title */ (kind, title) => `${kind}, save: ${title}`,
    readout: 'Point at the chart, or use the arrow keys, to read values.',
    chartLabel: /** @param {string} title */ title => `${title}. Chart; arrow keys read its values, the table has all of them.`,
    andWord: 'and',

    /** @type {Record<string, string>} */
    columns: {
        place: 'place', district: 'district', cause: 'cause', year: 'year', ledger: 'ledger', stream: 'stream', purpose: 'purpose', fate: 'what became of it',
        victim: 'kind of victim', by: 'by', p10: 'P10', p50: 'P50', p90: 'P90', mean: 'mean', censored: 'not by the end',
        p10_low: 'P10, low', p10_high: 'P10, high', p10_error: 'P10, ±', p50_low: 'P50, low', p50_high: 'P50, high', p50_error: 'P50, ±',
        p90_low: 'P90, low', p90_high: 'P90, high', p90_error: 'P90, ±', mean_error: 'mean, ±', censored_error: 'not by the end, ±',
        scenario: 'scenario', base: 'base', variant: 'variant', difference: 'difference', difference_low: 'difference, low', difference_high: 'difference, high', difference_error: 'difference, ±',
        p_value: 'p-value', lower: 'worlds with less', higher: 'worlds with more', saving: 'saving', verdict: 'verdict', mark: 'mark', people: 'people',
        probability: 'probability', probability_low: 'low', probability_high: 'high', probability_error: '±',
        outcome: 'outcome', output: 'output', element: 'of', units: 'units', rank: 'rank', factor: 'input', path: 'in the scenario', assumed: 'basis',
        main: 'main', main_low: 'main, low', main_high: 'main, high', main_told: 'main, from zero?', total: 'total', total_low: 'total, low', total_high: 'total, high', total_told: 'total, from zero?',
        main_less_noise: 'main, less noise', total_less_noise: 'total, less noise', mu: 'mean shift', mu_low: 'mean shift, low', mu_high: 'mean shift, high', mu_told: 'mean shift, from zero?',
        mu_star: 'size (mu*)', mu_star_low: 'size, low', mu_star_high: 'size, high', mu_star_told: 'size, from zero?', sigma: 'unevenness (sigma)', sigma_low: 'unevenness, low', sigma_high: 'unevenness, high', sigma_told: 'unevenness, from zero?',
        noise_of_effect: 'noise of one shift', rank_correlation: 'rank correlation', rank_correlation_low: 'rank correlation, low', rank_correlation_high: 'rank correlation, high', rank_correlation_told: 'rank correlation, from zero?',
        coefficient: 'coefficient', coefficient_low: 'coefficient, low', coefficient_high: 'coefficient, high', coefficient_told: 'coefficient, from zero?', told_from_zero: 'from zero?', about: 'remark',
        sd: 'standard deviation', rows: 'rows', trajectories: 'trajectories', points: 'points', dropped: 'left out', resamples: 'resamples', noise: 'noise', noise_is: 'which is', sum_of_mains: 'sum of mains', explained: 'explained', caution: 'caution',
        least: 'least', most: 'most', words: 'words',
    },
    /** @type {Record<string, string>} */
    units: {'1': ''},
    /** Labels of the model. @type {Record<string, string>} */
    names: {
        remaining: 'Remaining', cancelled: 'Cancelled by survey', reduced: 'Reduced by technical survey', mine_cleared: 'Mine-cleared',
        battle_area_cleared: 'Battle area cleared',
        'survey queue': 'waiting for survey', money: 'lack of money', access: 'no access', conflict: 'fighting', 'manual teams': 'lack of manual teams',
        dogs: 'lack of dog teams', machines: 'lack of machines', 'battle area teams': 'lack of battle area teams', season: 'season and weather',
        'QC and rework': 'quality control and rework', 'technical survey': 'lack of technical survey teams',
        quality: 'quality control', standby: 'standby (idle teams)', moves: 'moves of teams', purchase: 'purchases', building: 'building of houses',
        'civilian killed': 'Civilians killed', 'civilian injured': 'Civilians injured', 'deminer killed': 'Deminers killed', 'deminer injured': 'Deminers injured',
    },
};

/* Ordinal numbers take their ending from the last number that is spoken. */
const endings = {1: 'ci', 2: 'ci', 3: 'cü', 4: 'cü', 5: 'ci', 6: 'cı', 7: 'ci', 8: 'ci', 9: 'cu', 10: 'cu', 20: 'ci', 30: 'cu', 40: 'cı', 50: 'ci', 60: 'cı', 70: 'ci', 80: 'ci', 90: 'cı', 100: 'cü'};
/** @param {string} year */
function nth(year) {
    const number = Number(year);
    const last = number % 10 || number % 100 || 100;
    return `${year}-${endings[/** @type {keyof typeof endings} */ (last)]}`;
}

/** What the program says to beware of. @type {Record<string, string>} */
const cautions_az = {
    'few rows: intervals are too narrow': 'sətirlər azdır: intervallar həddən artıq dardır', 'few trajectories: intervals are too narrow': 'trayektoriyalar azdır: intervallar həddən artıq dardır',
    'few points: intervals are too narrow': 'nöqtələr azdır: intervallar həddən artıq dardır', 'noise unknown: one replication': 'küy məlum deyil: bir təkrar var',
    'noise may bend the indices: more replications, or keep: outcomes': 'küy göstəriciləri təhrif edə bilər: daha çox təkrar və ya “keep: outcomes” lazımdır', 'may be noisy: more replications': 'küylü ola bilər: daha çox təkrar lazımdır',
    'it is the same at all points': 'bütün nöqtələrdə eynidir', 'fewer than two points have an answer': 'ikidən az nöqtənin cavabı var', 'this scenario has no point': 'bu ssenarinin nöqtəsi yoxdur',
    'no trajectory has an answer at all of its points': 'heç bir trayektoriyanın bütün nöqtələrində cavab yoxdur',
};

/** @type {Words} */
const az = {
    language: 'Azərbaycanca',
    languages: 'Dil',
    tagline: 'Minatəmizləmə və qayıdış: nə vaxt, hansı ehtimalla, hansı vəsaitlə',
    howToRead: (count, horizon) =>
        `${count} simulyasiya edilmiş gələcək; hər birində heç kimin bilmədiyi kəmiyyətlər ayrıca seçilir. P10 (erkən hal): on gələcəkdən birində bu tarixə qədər baş verir; P50 (orta hal): yarısında; P90 (gec hal): on gələcəkdən doqquzunda. “${horizon} tarixindən sonra” o deməkdir ki, simulyasiya bitənə qədər baş vermir.`,
    incomplete: (done, asked) => `Natamamdır: ${asked} təkrardan ${done} başa çatıb. Rəqəmlər yalnız bunlara aiddir.`,
    failed: (failed, asked) => `${asked} təkrardan ${failed} modelin qanununu pozub və heç bir rəqəmə daxil edilməyib. Səbəb məlum olana qədər bu rəqəmlərə arxalanmayın.`,
    scenario: 'Ssenari',
    contents: 'Mündəricat',
    after: day => `${day} tarixindən sonra`,
    by: day => `${day} tarixinədək`,
    notByHorizon: year => `${nth(year)} ilin sonunadək baş vermir`,

    answer: 'Cavab',
    byWhen: 'Hansı tarixədək?',
    back: 'Bir il əvvəl',
    forth: 'Bir il sonra',
    answerPlaces: a => `${a.day} tarixinədək ${a.all} yerdən ${a.likely} yerin minalardan azad edilməsi ehtimalı 50%-dən yüksəkdir; onlardan ${a.sure} üçün bu ehtimal ən azı 90%-dir.`,
    answerDistricts: a =>
        (a.none ? 'Həmin tarixədək heç bir rayonda bütün məlum təhlükəli ərazilərin azad edilməsi ehtimalı yüksək deyil' : `Həmin tarixədək bütün məlum təhlükəli ərazilərin azad edilməsi ehtimalı ən yüksək olan rayon: ${a.best} (${a.chance})`) +
        `; orta halda ${a.land} ha şübhəli ərazi qalır (P10-dan P90-a qədər ${a.low}–${a.high} ha).`,
    answerPeople: a => `Orta halda təxminən ${a.people} nəfər yenidən orada yaşayır: on gələcəkdən səkkizində ${a.low}–${a.high} nəfər.`,
    noLand: a => a.none ? 'Həmin tarixədək heç bir rayonda bütün məlum təhlükəli ərazilərin azad edilməsi ehtimalı yüksək deyil.' : `Həmin tarixədək bütün məlum təhlükəli ərazilərin azad edilməsi ehtimalı ən yüksək olan rayon: ${a.best} (${a.chance}).`,

    classes: ['çox az ehtimallı, 10%-dən az', 'az ehtimallı, 10–33%', 'təxminən yarı-yarıya, 33–66%', 'ehtimallı, 66–90%', 'çox ehtimallı, 90%-dən çox'],
    mapTitle: day => `${day} tarixinədək ehtimal nə qədərdir?`,
    mapLead: 'Rayonlar: bütün məlum təhlükəli ərazilərin azad edilməsi ehtimalı. Nöqtələr: yerin azad edilməsi ehtimalı.',
    mapNote: 'Nöqtə yerin özünü deyil, yalnız rayonunu göstərir: simulyasiya koordinatları bilmir və təmizlənməmiş ərazilərin koordinatları göstərilmir.',
    offMap: 'Xəritədə olmayanlar',
    settlement: 'insanların yaşayacağı yer',
    corridor: 'yol və ya insanların yaşamayacağı başqa yer',
    district: 'rayon',
    chanceOf: (name, chance, low, high) => `${name}: ${chance} (Monte-Karlo xətasının 95%-lik intervalı ${low}–${high})`,
    tablePlacesBy: day => `Yerin ${day} tarixinədək azad edilməsi ehtimalı, %`,
    tableDistrictsBy: day => `Rayonun ${day} tarixinədək tamamlanması ehtimalı, %`,

    compare: 'Digər ssenarilər nəyi dəyişir',
    compareLead: base => `Hər ssenari “${base}” ilə eyni dünyalarda müqayisə olunur: hər ikisinin 7-ci təkrarında torpaq, hava və donorlar eynidir, ona görə yalnız ssenarinin dəyişdiyi fərq yaradır. Sonadək azad edilməyən yer həmin tarixədək sayılır.`,
    incomparable: 'Bu nəticələr dünyabadünya müqayisə edilə bilməz:',
    sooner: 'tez', later: 'gec', more: 'çox', fewer: 'az', less: 'az',
    sameInAll: 'bütün dünyalarda eynidir',
    sizeClear: a => `orta hesabla ${a.amount} ${a.unit} ${a.way} (95%-lik interval ${a.low} – ${a.high}${a.alone ? '; yalnız tək sual olsaydı aydın olardı' : ''})`,
    sizeUnclear: a => `${a.amount} ${a.unit}, sıfırdan fərqləndirmək olmur (95%-lik interval ${a.low} – ${a.high})`,
    placesChanged: a => `${a.all} yerdən ${a.sooner} yer aydın şəkildə daha tez, ${a.later} yer aydın şəkildə daha gec azad edilir; daha ${a.alone} yer yalnız ayrıca baxıldıqda fərqlənir; ${a.unclear} yerdə fərqi sıfırdan ayırmaq olmur; ${a.same} yer bütün dünyalarda eyni qalır.`,
    placeChanged: a => `${a.place}, azad edilmə: ${a.size}.`,
    peopleChanged: a => `${a.day} tarixində qayıtmış insanlar: ${a.size}.`,
    moneyChanged: size => `Sonadək minatəmizləmə fəaliyyətinə xərclənən vəsait: ${size}.`,
    victimsChanged: size => `Sonadək zərərçəkənlər: ${size}.`,
    differencesTitle: title => `Yerlər neçə gün tez və ya gec azad edilir: ${title}`,
    differencesLead: 'Nöqtə: bütün dünyalar üzrə orta fərq; xətt: onun 95%-lik intervalı; sıfırdan solda daha tez deməkdir. Dolu nöqtələr bütün müqayisələr arasında aydındır (Holm), içi boş nöqtələr yalnız tək sual olsaydı.',
    unclearDifference: 'sıfırdan fərqləndirmək olmur',
    changedValues: 'Ssenaridə nəyi dəyişir',
    changesGround: 'torpağın özünü dəyişir',
    notThere: 'yoxdur',
    andMore: count => `və daha ${count}, “homeward compare” əmrinin fərqli qiymətlər cədvəlinə baxın`,

    land: 'Ərazi və insanlar',
    landTitle: 'Şübhəli ərazilərin aqibəti, ha',
    landLead: 'Cəmi həmişə düz gələn beş hesab. Hər qrafikin öz miqyası var. Xətt: orta hal; zolaq: P10-dan P90-a qədər, on gələcəkdən səkkizi.',
    peopleTitle: 'Azad edilmiş yerlərdə yaşayan insanlar',
    peopleLead: 'Xətt: orta hal; zolaq: P10-dan P90-a qədər.',
    unitHa: 'ha',
    unitPersons: 'nəfər',
    fanPoint: a => `${a.name}, ${a.when}: orta halda ${a.p50} ${a.unit}, P10-dan P90-a qədər ${a.p10}–${a.p90}`,
    band: 'P10–P90', middle: 'P50, orta hal',

    when: 'Hər yer nə vaxt azad edilir',
    whenTitle: {
        place_release: 'Hər yerin azad edilməsi, erkən haldan gec hala qədər',
        place_first_return: 'Hər yerə ilk ailələrin qayıdışı, erkən haldan gec hala qədər',
        district_completion: 'Hər rayonun bütün məlum təhlükəli ərazilərinin azad edilməsi, erkən haldan gec hala qədər',
    },
    whenLead: year => `Zolaq: P10-dan P90-a qədər. Nişan: P50. Açıq uc simulyasiyanın sonundan o tərəfə keçir. Sağda: ${nth(year)} ilin sonunadək baş vermədiyi gələcəklərin payı.`,
    show: 'Göstər',
    events: {place_release: 'yerlərin azad edilməsi', place_first_return: 'ilk ailələr', district_completion: 'rayonların tamamlanması'},
    openEnd: 'sondan o tərəfə keçir',
    asked: 'soruşulan tarix',
    whenPoint: a => `${a.name}: P10 ${a.p10}, P50 ${a.p50}, P90 ${a.p90}; gələcəklərin ${a.censored} hissəsində simulyasiya bitənə qədər baş vermir`,

    delay: 'Yerləri nə ləngidir',
    delayTitle: 'Yerin başlanğıcından azad edilməsinədək orta gün sayı, səbəblər üzrə',
    delayLead: causes => `Hər gün bir səbəbə yazılır. Bütün yerlər üzrə günlərin çoxunun səbəbi: ${causes}.`,
    delayPoint: a => `${a.name}, ${a.cause}: orta hesabla ${a.days} gün, gözləmənin ${a.share} hissəsi`,
    unitDays: 'gün',

    money: 'Vəsait',
    streamsTitle: 'Hər mənbənin vəsaitinin sonadək aqibəti, vəd ediləndən % (orta)',
    streamsLead: 'İstifadəsiz qalmış: müddəti bitənə qədər xərclənməyib. Qaytarılmış: donora geri verilib. İtirilmiş: vəd edilib, lakin öhdəliyə çevrilməyib və ya ödənilməyib. Qalıq: hələ xərclənməyib. Sağda: vəd edilmiş vəsait, milyon ABŞ dolları.',
    streamPoint: a => `${a.name}, ${a.fate}: ${a.amount} milyon ABŞ dolları, vəd ediləndən ${a.share}`,
    purposesTitle: 'Hər il təyinat üzrə xərclənən vəsait, milyon ABŞ dolları (orta)',
    purposesLead: a => `Hazır dayanıb işləməyən qruplar sonadək orta halda ${a.standby} milyon ABŞ dollarına başa gəlir (P10-dan P90-a qədər ${a.low}–${a.high}); bu, minatəmizləmə fəaliyyətinə xərclənən vəsaitin ${a.share} hissəsidir.`,
    purposesPlain: 'Hər qrafikin öz miqyası var.',
    purposePoint: a => `${a.name}, ${a.year}: ${a.amount} milyon ABŞ dolları`,
    mineAction: 'Minatəmizləmə fəaliyyəti',
    reconstruction: 'Evlərin tikintisi (bərpa və yenidənqurma)',
    lapsedLead: a => `Orta hesabla ${a.lapsed} milyon ABŞ dolları istifadəsiz qalır və ya xərclənmədən qaytarılır; əsasən: ${a.names}.`,
    unitMoney: 'milyon ABŞ dolları',

    victims: 'Zərərçəkənlər',
    victimsTitle: 'Başlanğıcdan bəri zərərçəkənlər, nəfər',
    victimsLead: 'Xətt: orta hal; zolaq: P10-dan P90-a qədər. Hər qrafikin öz miqyası var.',

    influences: 'Hansı fərziyyələr daha önəmlidir',
    sweepLead: a =>
        `${a.names} ssenarisinin ${a.inputs} ilkin məlumatı öz aralıqlarında dəyişdirilib: ${a.design} planının ${a.points} nöqtəsi, hər birində ${a.count} simulyasiya edilmiş gələcək, hamısı eyni təsadüfi dünyalarda. Yalnız dəyişdirilənləri sıralamaq olar və aralığı geniş olan məlumat daha önəmli görünə bilər.`,
    sweepFailed: count => `${count} nöqtədə təkrarlar modelin qanununu pozub və daxil edilməyib. Səbəb məlum olana qədər bu sıralamaya arxalanmayın.`,
    sweepStranger: a => `Burada “${a.varied}” ssenarisinin məlumatları dəyişdirilib; o, bu səhifədəki “${a.shown}” ssenarisindən ${a.count} qiymətlə fərqlənir. Sıralama birinciyə aiddir:`,
    byOutcome: 'Hər nəticəyə ən çox nə təsir edir',
    noneToldShort: 'sıfırdan fərqləndirilə bilən heç nə',
    outcome: 'Nəticə',
    andOthers: count => `və daha ${count}`,
    assumed: 'fərziyyə', sourced: 'mənbəyi var',
    remains: a => `Bütün digər dəyişdirilmiş məlumatlar məlum olsaydı, yalnız “${a.name}”${a.assumed ? ' (fərziyyədir)' : ''} naməlum qalsaydı, bu nəticənin dispersiyasının təxminən ${a.share} hissəsi qalardı (95%-lik interval ${a.low} – ${a.high}).`,
    alone: a => `Yalnız “${a.name}” məlum olsaydı, dispersiya ${a.share} azalardı (${a.low} – ${a.high}).`,
    aloneUnclear: name => `Yalnız “${name}” məlum olsaydı, dispersiyanın nə qədər azalacağını sıfırdan fərqləndirmək olmur.`,
    shifts: a => `Qalan hər şey sabit qaldıqda “${a.name}”${a.assumed ? ' (fərziyyədir)' : ''} bütün aralığı boyu${a.range ? ` (${a.range})` : ''} dəyişəndə bu nəticə orta hesabla ${a.amount} dəyişir (95%-lik interval ${a.low} – ${a.high}).`,
    direction: way => `Orta hesabla daha yüksək qiymət daha ${way} deməkdir.`,
    directionUnclear: 'Hansı istiqamətdə olduğunu demək olmur: bu, digər məlumatlardan asılıdır.',
    goesAlong: a => `Bu nəticə ilə ən sıx bağlı olan “${a.name}”${a.assumed ? ' (fərziyyədir)' : ''}: ${a.measure} ${a.size} (95%-lik interval ${a.low} – ${a.high}; 1 və ya −1 tam uyğunluq, 0 əlaqənin olmaması deməkdir).`,
    explained: share => `Bütün məlumatların xətti təsirlərinin cəmi dispersiyanın ${share} hissəsini izah edir; qalanı barədə bu plan heç nə demir.`,
    nextInfluences: (names, count) => `Sonra gəlir: ${names}. Cəmi ${count} məlumatın təsiri sıfırdan fərqlənir.`,
    noneTold: 'Burada heç bir məlumatın təsirini sıfırdan fərqləndirmək olmur: daha çox nöqtə və ya təkrar lazımdır.',
    untoldInfluences: a => `Təsiri sıfırdan və ya təkrarların küyündən fərqləndirilməyənlər: ${a.all} məlumatdan ${a.count} (${a.names}). Bu, onların təsirsiz olduğunu sübut etmir.`,
    unranked: names => `Bu plan sıralaya bilmir: ${names}.`,
    noiseTaken: share => `Nöqtələr arasındakı dispersiyanın ${share} hissəsi təkrarların sayının məhdudluğundan yaranan küy idi; o, hər dünya üzrə ölçülüb çıxılıb; intervallar başqa dünyaları da nəzərə alır.`,
    noiseAtMost: share => `Nöqtələr arasındakı dispersiyanın ən çoxu ${share} hissəsi təkrarların sayının məhdudluğundan yaranan küydür. İntervallar təsadüfi dünyaları deyil, yalnız nöqtələrin seçimini əhatə edir.`,
    noiseUnknown: 'Küyün payını demək olmur: hər nöqtədə bir təkrar var.',
    nothingToTell: why => `Bu nəticə barədə heç nə demək olmur: ${why}.`,
    caution: what => `Diqqət: ${what}.`,
    cautions: text => text.split('; ').map(part => {
        const bare = part.replace(/^nothing to tell: /, '');
        const [, count] = /^(\d+) \w+ without an answer left out$/.exec(bare) ?? [];
        return count ? `cavabı olmayan ${count} hissə daxil edilməyib` : cautions_az[bare] ?? bare;
    }).join('; '),
    influenceTitle: {
        sobol: a => `“${a.outcome}” nəyə görə qeyri-müəyyəndir: dispersiyasında hər məlumatın payı, %`,
        morris: a => `“${a.outcome}” nədən və nə qədər dəyişir${a.unit ? `: ${a.unit}` : ''}`,
        regression: a => `“${a.outcome}” nə ilə bağlıdır: hər məlumat üzrə korrelyasiya, −1-dən 1-ə qədər`,
    },
    influenceChartLead: {
        sobol: 'Tam pay: bütün digər məlumatlar məlum olsaydı, dispersiyanın qalacaq hissəsi. Əsas pay: yalnız bu məlumat məlum olsaydı, dispersiyanın azalacaq hissəsi. Xətlər: 95%-lik intervallar. Qiymətləndirmələr səpələnir: 0-dan az və ya 100-dən çox ola bilər. Simulyasiya bitənə qədər baş verməyən gün onun sonu kimi sayılır.',
        morris: 'Böyüklük: məlumat bütün aralığı boyu dəyişəndə orta dəyişmə, istiqamətindən asılı olmayaraq. Orta dəyişmə: işarəsi ilə; sıfırdan sağda məlumat yüksək olduqda daha gec və ya daha çox deməkdir. Xətlər: 95%-lik intervallar. Simulyasiya bitənə qədər baş verməyən gün onun sonu kimi sayılır.',
        regression: 'Sıfırdan sağda: məlumat yüksək olduqda daha gec və ya daha çox. Xətlər: 95%-lik intervallar. Korrelyasiya yalnız bir istiqamətli təsirləri görür, qarşılıqlı təsirləri görmür. Simulyasiya bitənə qədər baş verməyən gün onun sonu kimi sayılır.',
    },
    measures: {total: 'tam pay', main: 'əsas pay', mu_star: 'dəyişmənin böyüklüyü', mu: 'orta dəyişmə', rank_correlation: 'ranq korrelyasiyası', coefficient: 'reqressiya əmsalı'},
    measured: a => `${a.measure} ${a.value} (95%-lik interval ${a.low} – ${a.high})`,
    influenceTables: ['sıralama', 'nəticələr', 'aralıqlar'],
    verdicts: {yes: 'aydın', noise: 'təkrarların küyü ola bilər', no: 'sıfırdan fərqləndirmək olmur'},
    noiseSign: 'tək dəyişmənin küyü, bir standart kənarlaşma',
    squareSign: 'kvadrat nişan: məlumatın mənbəyi var; dairəvi nişan: fərziyyədir',
    moreInTable: count => `Təsiri daha az olan ${count} məlumat cədvəldədir.`,
    designs: {sobol: 'Sobol', morris: 'Morris', latin_hypercube: 'Latın hiperkubu', full_factorial: 'tam faktorial', fractional_factorial: 'kəsr faktorial', grid: 'şəbəkə', points: 'siyahı'},
    outcomes: {
        'day on which the last hazard area of the place is released': 'Azad edilmə', 'day on which the first families return': 'İlk ailələrin qayıdışı',
        'first day on which all known hazard areas of the district are released': 'Rayonun tamamlanması', 'people returned at the end of the month': 'Qayıtmış insanlar',
        'victims since the start': 'Zərərçəkənlər', 'spent in the year by purpose': 'Xərclənmiş vəsait', 'spent in the year by stream': 'Mənbələr üzrə xərclənmiş vəsait', 'area of all districts by ledger at the end of the month': 'Ərazi',
        'suspected area found after the start': 'Başlanğıcdan sonra aşkar edilmiş şübhəli ərazi',
    },
    sweepAgain: 'Eyni sıralamanı yenidən almaq',
    sweepAgainText: 'Planı yadda saxlayın, onun “scenario” sətrində ssenari faylının yolunu göstərin və proqramın eyni versiyası ilə icra edin.',
    saveDesign: 'Planı yadda saxla (YAML)',

    method: 'Metod və məhdudiyyətlər',
    methodText: [
        'Homeward tədqiqatı, minatəmizləməni, vəsaiti, qrupları, mövsümləri və qayıdışı ay-ay, dəfələrlə simulyasiya edir. Bir təkrar mümkün dünyalardan biridir: hansı torpağın çirkləndiyi, hava, nasazlıqlar və donorlar üzrə bir gələcək seçilir. Ərazilərin azad edilməsi IMAS 07.11-ə uyğundur; qərarlar seçilmiş həqiqətə deyil, planlaşdıranların bildiyinə əsaslanır.',
        '“Azad edilmiş” o deməkdir ki, yerə lazım olan bütün təhlükəli ərazilər ləğv edilib, azaldılıb və ya təmizlənib, yoxlanılıb və tamamlama hesabatları imzalanıb. Bu, minanın qalmaması demək deyil: buraxılmış partlayıcılar qalır, sonradan tapılır və qəzalara səbəb olur.',
        'Hər ehtimal hadisənin simulyasiya bitənə qədər baş vermədiyi gələcəkləri də sayır. Monte-Karlo xətası rəqəmin eyni ssenarinin sonsuz sayda təkrarının verəcəyi rəqəmdən nə qədər fərqlənə biləcəyini göstərir. O, ssenarinin gerçəkliyi nə dərəcədə yaxşı təsvir etdiyini göstərmir.',
        'Bir çox ilkin məlumat geniş aralıqlı fərziyyədir və ssenaridə belə də işarələnib. Nəticələr məlum olan qədər genişdir. Bu, planlaşdırmaya dəstəkdir: məqbul risk barədə qərar deyil və yerində aparılan tədqiqatı əvəz etmir.',
        'Rayon sərhədləri: Natural Earth (ictimai istifadədə), ümumiləşdirilmiş, yalnız təsvir üçün. Ehtimal siniflərinin adları IPCC-nin təyin etdiyi ifadələrə uyğundur.',
    ],
    reproduce: 'Eyni nəticələri yenidən almaq',
    reproduceText: 'Ssenarini yadda saxlayın və proqramın eyni versiyası ilə icra edin. Ssenarinin eyni olub-olmadığını rəqəmsal iz göstərir.',
    saveScenario: 'Ssenarini yadda saxla (YAML)',
    facts: {
        title: 'Ssenari', model: 'Model', version: 'Proqramın versiyası', digest: 'Ssenarinin rəqəmsal izi', seed: 'Təsadüfi ədədlərin başlanğıcı', span: 'Simulyasiya müddəti',
        count: 'Təkrarlar', file: 'Nəticə faylı', command: 'Əmr',
    },
    countOf: (count, asked, failed) => `sorğu edilmiş ${asked} təkrardan ${count} istifadə olunub, ${failed} uğursuz olub`,

    tableView: 'Cədvəl', chartView: 'Qrafik', csv: 'CSV', svg: 'SVG', png: 'PNG',
    showTable: title => `Cədvəl: ${title}`,
    saveAs: (kind, title) => `${kind}, yadda saxla: ${title}`,
    readout: 'Qiymətləri oxumaq üçün qrafikin üzərinə gəlin və ya ox düymələrindən istifadə edin.',
    chartLabel: title => `${title}. Qrafik; ox düymələri qiymətləri oxuyur, hamısı cədvəldədir.`,
    andWord: 'və',

    columns: {
        place: 'yer', district: 'rayon', cause: 'səbəb', year: 'il', ledger: 'hesab', stream: 'mənbə', purpose: 'təyinat', fate: 'aqibət',
        victim: 'zərərçəkənin növü', by: 'tarixədək', p10: 'P10', p50: 'P50', p90: 'P90', mean: 'orta', censored: 'sonadək baş vermir',
        p10_low: 'P10, aşağı', p10_high: 'P10, yuxarı', p10_error: 'P10, ±', p50_low: 'P50, aşağı', p50_high: 'P50, yuxarı', p50_error: 'P50, ±',
        p90_low: 'P90, aşağı', p90_high: 'P90, yuxarı', p90_error: 'P90, ±', mean_error: 'orta, ±', censored_error: 'sonadək baş vermir, ±',
        scenario: 'ssenari', base: 'baza', variant: 'variant', difference: 'fərq', difference_low: 'fərq, aşağı', difference_high: 'fərq, yuxarı', difference_error: 'fərq, ±',
        p_value: 'p-qiyməti', lower: 'az olan dünyalar', higher: 'çox olan dünyalar', saving: 'qənaət', verdict: 'nəticə', mark: 'nişan', people: 'insanlar',
        probability: 'ehtimal', probability_low: 'aşağı', probability_high: 'yuxarı', probability_error: '±',
        outcome: 'nəticə', output: 'göstərici', element: 'aid olduğu', units: 'vahid', rank: 'sıra', factor: 'məlumat', path: 'ssenaridəki yeri', assumed: 'əsas',
        main: 'əsas pay', main_low: 'əsas pay, aşağı', main_high: 'əsas pay, yuxarı', main_told: 'əsas pay, sıfırdan?', total: 'tam pay', total_low: 'tam pay, aşağı', total_high: 'tam pay, yuxarı', total_told: 'tam pay, sıfırdan?',
        main_less_noise: 'əsas pay, küysüz', total_less_noise: 'tam pay, küysüz', mu: 'orta dəyişmə', mu_low: 'orta dəyişmə, aşağı', mu_high: 'orta dəyişmə, yuxarı', mu_told: 'orta dəyişmə, sıfırdan?',
        mu_star: 'böyüklük (mu*)', mu_star_low: 'böyüklük, aşağı', mu_star_high: 'böyüklük, yuxarı', mu_star_told: 'böyüklük, sıfırdan?', sigma: 'qeyri-bərabərlik (sigma)', sigma_low: 'qeyri-bərabərlik, aşağı', sigma_high: 'qeyri-bərabərlik, yuxarı', sigma_told: 'qeyri-bərabərlik, sıfırdan?',
        noise_of_effect: 'tək dəyişmənin küyü', rank_correlation: 'ranq korrelyasiyası', rank_correlation_low: 'ranq korrelyasiyası, aşağı', rank_correlation_high: 'ranq korrelyasiyası, yuxarı', rank_correlation_told: 'ranq korrelyasiyası, sıfırdan?',
        coefficient: 'əmsal', coefficient_low: 'əmsal, aşağı', coefficient_high: 'əmsal, yuxarı', coefficient_told: 'əmsal, sıfırdan?', told_from_zero: 'sıfırdan?', about: 'qeyd',
        sd: 'standart kənarlaşma', rows: 'sətirlər', trajectories: 'trayektoriyalar', points: 'nöqtələr', dropped: 'daxil edilməyənlər', resamples: 'təkrar seçmələr', noise: 'küy', noise_is: 'küyün halı', sum_of_mains: 'əsas payların cəmi', explained: 'izah olunan', caution: 'diqqət',
        least: 'ən az', most: 'ən çox', words: 'sözlər',
    },
    units: {days: 'gün', persons: 'nəfər', ha: 'ha', 'million USD': 'milyon ABŞ dolları', items: 'ədəd', worlds: 'dünya', times: 'dəfə', '1': '', 'share of variance': 'dispersiyada pay', 'as units say': 'vahidi üzrə', 'ha/day': 'ha/gün', 'm2/day': 'm2/gün', '/day': '/gün', USD: 'ABŞ dolları'},
    names: {
        remaining: 'Qalan', cancelled: 'Tədqiqatla ləğv edilmiş', reduced: 'Texniki tədqiqatla azaldılmış', mine_cleared: 'Minalardan təmizlənmiş',
        battle_area_cleared: 'Təmizlənmiş döyüş sahəsi',
        access: 'giriş yoxdur', conflict: 'döyüşlər', 'survey queue': 'tədqiqat növbəsi', 'technical survey': 'texniki tədqiqat qruplarının çatışmazlığı',
        money: 'vəsait çatışmazlığı', 'manual teams': 'əl ilə təmizləmə qruplarının çatışmazlığı', dogs: 'minaaxtaran itlərin çatışmazlığı',
        machines: 'maşınların çatışmazlığı', 'battle area teams': 'döyüş sahəsi qruplarının çatışmazlığı', season: 'mövsüm və hava',
        'QC and rework': 'keyfiyyətə nəzarət və təkrar iş', housing: 'mənzil',
        survey: 'tədqiqat', clearance: 'təmizləmə', quality: 'keyfiyyətə nəzarət', standby: 'boşdayanma', moves: 'qrupların köçürülməsi',
        training: 'təlim', purchase: 'satınalma', overhead: 'inzibati xərclər', building: 'evlərin tikintisi', 'policy measures': 'siyasət tədbirləri', 'victim aid': 'zərərçəkənlərə yardım',
        'mine action in all': 'minatəmizləmə fəaliyyəti, cəmi', 'all victims': 'Bütün zərərçəkənlər', 'people back': 'qayıtmış insanlar', civilians: 'Mülki şəxslər', deminers: 'Minatəmizləyənlər',
        'cannot be told from zero': 'sıfırdan fərqləndirmək olmur', 'same in all worlds': 'bütün dünyalarda eynidir', 'clear alone': 'ayrılıqda aydın', 'clear among all': 'hamısı arasında aydın',
        pledged: 'vəd edilmiş', committed: 'öhdəliyə götürülmüş', disbursed: 'ödənilmiş', spent: 'xərclənmiş', lapsed: 'istifadəsiz qalmış',
        returned: 'qaytarılmış', dropped: 'itirilmiş', held: 'qalıq',
        'civilian killed': 'Həlak olan mülki şəxslər', 'civilian injured': 'Yaralanan mülki şəxslər', 'deminer killed': 'Həlak olan minatəmizləyənlər',
        'deminer injured': 'Yaralanan minatəmizləyənlər',
        yes: 'bəli', no: 'xeyr', 'yes, uneven': 'bəli, qeyri-bərabər', 'total only': 'yalnız tam pay', 'noise?': 'küy?', unknown: 'naməlum', assumed: 'fərziyyə', 'at most': 'ən çoxu', 'taken off': 'çıxılıb',
        'suspected area at the start': 'başlanğıcda şübhəli ərazi', 'suspected area found after the start': 'başlanğıcdan sonra aşkar edilmiş şübhəli ərazi',
    },
};

export const dictionaries = {en, az};
