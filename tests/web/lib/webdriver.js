// W3C WebDriver over plain HTTP: one session, one method a command that the tests need.
import { request } from 'node:http';

/**
 * @param {number} port
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<any>} the answer's value
 */
export function send(port, method, path, body) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const headers = text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    // No timeout: a script in the page may take as long as its test allows.
    const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      let answer = '';
      response.setEncoding('utf8');
      response.on('data', (part) => (answer += part));
      response.on('error', reject);
      response.on('end', () => {
        try {
          const { value } = JSON.parse(answer);
          if (response.statusCode === 200) resolve(value);
          else reject(new Error(`${method} ${path}: ${value?.error}: ${value?.message}`));
        } catch {
          reject(new Error(`${method} ${path}: the driver answered ${response.statusCode} ${answer.slice(0, 200)}`));
        }
      });
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

export class Session {
  /** @param {number} port @param {string} id */
  constructor(port, id) {
    this.port = port;
    this.id = id;
  }

  /** @param {number} port @param {object} capabilities */
  static async open(port, capabilities) {
    const { sessionId } = await send(port, 'POST', '/session', { capabilities: { alwaysMatch: capabilities } });
    return new Session(port, sessionId);
  }

  /** @param {string} command @param {unknown} [body] */
  post(command, body = {}) {
    return send(this.port, 'POST', `/session/${this.id}/${command}`, body);
  }

  /** @param {string} command */
  get(command) {
    return send(this.port, 'GET', `/session/${this.id}/${command}`);
  }

  close() {
    return send(this.port, 'DELETE', `/session/${this.id}`);
  }

  /** @param {object[]} actions */
  movePointer(...actions) {
    return this.post('actions', { actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }] });
  }

  /** @param {object[]} actions */
  pressKeys(...actions) {
    return this.post('actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }
}
