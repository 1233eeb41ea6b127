// Questions out, answers in: the tab's name, the number of its question, and what the server says of it.

/** @typedef {import('../types.js').Data & {worlds: number, of: number, warnings: string[]}} Answer */
/** @typedef {{line: number | null, column: number | null, message: string}} Mistake */
/**
 * @typedef {{
 *   answer: (answer: Answer) => void, progress: (worlds: number, until: number, of: number) => void,
 *   wrong: (mistakes: Mistake[]) => void, lost: (isLost: boolean) => void, decision: (told: import('./decide.js').Told) => void
 * }} Listener
 */

const hex = (/** @type {number} */ count) => [...crypto.getRandomValues(new Uint8Array(count))].map(byte => byte.toString(16).padStart(2, '0')).join('');

/** @param {Listener} listener */
export function openChannel(listener) {
    // A name of its own for each window, and each time that it is loaded: the question is in the address.
    const tab = hex(7);
    let number = 0, asked = '', decision = 0, wanted = '';
    const events = new EventSource(`answers?tab=${tab}`);
    /** @param {string} name @param {(told: any) => void} hear */
    const on = (name, hear) => events.addEventListener(name, event => {
        if (event.lastEventId === String(number)) hear(JSON.parse(event.data));
    });
    on('answer', told => told.errors ? listener.wrong(told.errors) : listener.answer(told));
    on('progress', told => listener.progress(told.worlds, told.until, told.of));
    on('wrong', told => listener.wrong(told.errors));
    events.addEventListener('decision', event => {
        if (event.lastEventId !== String(decision)) return;
        const told = JSON.parse(event.data);
        if (told.state === 'done' || told.state === 'wrong') wanted = '';
        listener.decision(told);
    });
    events.onerror = () => listener.lost(true);
    let first = true;
    events.onopen = () => {
        listener.lost(false);
        if (!first && asked) void send(); // the server may have forgotten
        if (!first && wanted) void decide();
        first = false;
    };
    /** @type {Promise<void>} What was sent last: one thing after the other, or an older question might arrive last. */
    let sent = Promise.resolve();
    /** @param {string} path @param {number} of @param {string} body @param {(error: string) => void} wrong */
    const post = (path, of, body, wrong) => sent = sent.then(() => postNow(path, of, body, wrong)).catch(() => listener.lost(true));
    /** @param {string} path @param {number} of @param {string} body @param {(error: string) => void} wrong */
    async function postNow(path, of, body, wrong) {
        const response = await fetch(`${path}?tab=${tab}&number=${of}`, {method: 'POST', body}).catch(() => null);
        if (!response) listener.lost(true);
        else if (!response.ok) wrong((await response.text()).trim());
    }
    const send = () => post('questions', number, asked, message => listener.wrong([{line: null, column: null, message}]));
    const decide = () => post('decisions', decision, wanted, message => listener.decision({state: 'wrong', errors: [{message}]}));
    return {
        /** The question is about to be another: what is still said of the last one is not heard any more. */
        withdraw() {
            number++;
        },
        /** @param {string[]} levers @param {string} yaml */
        ask(levers, yaml) {
            asked = JSON.stringify({levers, yaml});
            number++;
            void send();
        },
        /** What to do. @param {string} body */
        decide(body) {
            wanted = body;
            decision++;
            void decide();
        },
        cancel() {
            wanted = '';
            decision++;
            void post('cancelled', decision, '-', () => {});
        },
    };
}
