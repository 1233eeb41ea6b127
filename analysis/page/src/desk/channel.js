// Questions out, answers in: the tab's name, the number of its question, and what the server says of it.

/** @typedef {import('../types.js').Data & {worlds: number, of: number, warnings: string[]}} Answer */
/** @typedef {{line: number | null, column: number | null, message: string}} Mistake */
/**
 * @typedef {{
 *   answer: (answer: Answer) => void, progress: (worlds: number, until: number, of: number) => void,
 *   wrong: (mistakes: Mistake[]) => void, lost: (isLost: boolean) => void
 * }} Listener
 */

const hex = (/** @type {number} */ count) => [...crypto.getRandomValues(new Uint8Array(count))].map(byte => byte.toString(16).padStart(2, '0')).join('');

/** @param {Listener} listener */
export function openChannel(listener) {
    // A name of its own for each window, and each time that it is loaded: the question is in the address.
    const tab = hex(7);
    let number = 0, asked = '';
    const events = new EventSource(`answers?tab=${tab}`);
    /** @param {string} name @param {(told: any) => void} hear */
    const on = (name, hear) => events.addEventListener(name, event => {
        if (event.lastEventId === String(number)) hear(JSON.parse(event.data));
    });
    on('answer', told => told.errors ? listener.wrong(told.errors) : listener.answer(told));
    on('progress', told => listener.progress(told.worlds, told.until, told.of));
    on('wrong', told => listener.wrong(told.errors));
    events.onerror = () => listener.lost(true);
    let first = true;
    events.onopen = () => {
        listener.lost(false);
        if (!first && asked) void send(); // the server may have forgotten
        first = false;
    };
    async function send() {
        const response = await fetch(`questions?tab=${tab}&number=${number}`, {method: 'POST', body: asked}).catch(() => null);
        if (!response) listener.lost(true);
        else if (!response.ok) listener.wrong([{line: null, column: null, message: (await response.text()).trim()}]);
    }
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
    };
}
