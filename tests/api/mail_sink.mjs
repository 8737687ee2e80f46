// For tests only: an SMTP server (RFC 5321) on this machine that keeps what it is sent. With a folder as its argument it asks for STARTTLS
// with the key and certificate there, and takes nothing in the clear. Prints its port, then one line of JSON for each letter.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { TLSSocket, createSecureContext } from 'node:tls';

const folder = process.argv[2];
const secure = folder && createSecureContext({ key: readFileSync(`${folder}/key.pem`), cert: readFileSync(`${folder}/cert.pem`) });
const report = (value) => console.log(JSON.stringify(value));

function serve(socket, tls) {
  const letter = { from: '', to: [], data: '', tls };
  let buffer = '';
  let inData = false;
  const say = (line) => socket.write(line + '\r\n');

  function command(line) {
    const verb = line.slice(0, 4).toUpperCase();
    const needsTls = secure && !tls;
    if (verb === 'EHLO' || verb === 'HELO') {
      say(needsTls ? '250-sink' : '250 sink');
      if (needsTls) say('250 STARTTLS');
    } else if (verb === 'STAR' && needsTls) {
      say('220 go ahead');
      socket.removeAllListeners('data');
      const wrapped = new TLSSocket(socket, { isServer: true, secureContext: secure });
      wrapped.on('error', (error) => report({ error: error.code ?? 'tls' }));
      serve(wrapped, true);
    } else if (verb === 'QUIT') {
      say('221 bye');
      socket.end();
    } else if (needsTls) {
      say('530 STARTTLS first');
    } else if (verb === 'MAIL') {
      letter.from = line;
      say('250 ok');
    } else if (verb === 'RCPT') {
      letter.to.push(line);
      say(line.includes('nobody@') ? '550 no such mailbox' : '250 ok');
    } else if (verb === 'DATA') {
      inData = true;
      say('354 go on');
    } else {
      say('250 ok');
    }
  }

  socket.on('data', (chunk) => {
    buffer += chunk.toString('latin1');
    for (let at = buffer.indexOf('\r\n'); at >= 0; at = buffer.indexOf('\r\n')) {
      const line = buffer.slice(0, at);
      buffer = buffer.slice(at + 2);
      if (!inData) {
        command(line);
      } else if (line === '.') {
        inData = false;
        report(letter);
        Object.assign(letter, { from: '', to: [], data: '' });
        say('250 kept');
      } else {
        letter.data += line.replace(/^\./, '') + '\n';
      }
    }
  });
  socket.on('error', () => {});
  if (!tls) say('220 sink');
}

const server = createServer((socket) => serve(socket, false));
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
