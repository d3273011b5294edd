// The main job through a client that is generated: node main.mjs <address of the service>
import createClient from 'openapi-fetch';
import type { components, paths } from './schema.js';

declare const process: { argv: string[] };

const client = createClient<paths>({ baseUrl: process.argv[2] ?? '' });
const board = 'typescript';
const ranking = { board, period: 'all_time' } as const;

function same(what: string, found: unknown, expected: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
  }
}

function some<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.data === undefined) {
    throw new Error(`${answer.response.url} answered ${answer.response.status} ${JSON.stringify(answer.error)}`);
  }
  return answer.data;
}

const definition: components['schemas']['BoardDefinition'] = { title: 'TypeScript', operator: 'BEST' };
const made = await client.PUT('/api/v1/boards/{board}', { params: { path: { board } }, body: definition });
same('status', made.response.status, 201);
same('title', some(made).title, 'TypeScript');

const event: components['schemas']['ScoreEvent'] = {
  playerId: 'ann',
  score: 30,
  eventId: 'first',
  attributes: { level: 7, tags: ['a', null] },
};
const scores = '/api/v1/boards/{board}/scores' as const;
same('first', some(await client.POST(scores, { params: { path: { board } }, body: event })).status, 'APPLIED');
same('again', some(await client.POST(scores, { params: { path: { board } }, body: event })).status, 'DUPLICATE');

const batch = some(
  await client.POST('/api/v1/boards/{board}/scores/batch', {
    params: { path: { board }, query: { atomic: false } },
    body: { scores: [{ playerId: 'bob', score: 20 }, { playerId: 'cid', score: 10 }, { playerId: '', score: 1 }] },
  }),
);
same('batch', batch.results.map((result) => result.status), ['APPLIED', 'APPLIED', 'REFUSED']);
same('refusal', batch.results[3 - 1]?.error?.errors?.[0]?.field, 'playerId');

const top = some(
  await client.GET('/api/v1/boards/{board}/rankings/{period}', { params: { path: ranking, query: { limit: 2 } } }),
);
same('top', top.entries.map((entry) => [entry.rank, entry.playerId, entry.score]), [[1, 'ann', 30], [2, 'bob', 20]]);
const rest = some(
  await client.GET('/api/v1/boards/{board}/rankings/{period}', {
    params: { path: ranking, query: { cursor: top.next ?? '' } },
  }),
);
same('rest', rest.entries.map((entry) => entry.playerId), ['cid']);

const bob = { ...ranking, player: 'bob' };
const rank = some(
  await client.GET('/api/v1/boards/{board}/rankings/{period}/players/{player}', { params: { path: bob } }),
);
same('rank', [rank.rank, rank.ahead?.playerId, rank.behind?.gap], [2, 'ann', 10]);
const around = some(
  await client.GET('/api/v1/boards/{board}/rankings/{period}/players/{player}/neighbours', {
    params: { path: bob, query: { radius: 1 } },
  }),
);
same('neighbours', around.entries.map((entry) => entry.playerId), ['ann', 'bob', 'cid']);
const friends = some(
  await client.POST('/api/v1/boards/{board}/rankings/{period}/lookup', {
    params: { path: ranking },
    body: { playerIds: ['cid', 'ann', 'nobody'] },
  }),
);
same('lookup', friends.entries.map((entry) => [entry.rankAmong, entry.playerId]), [[1, 'ann'], [2, 'cid']]);
same('missing', friends.missing, ['nobody']);

const lost = await client.GET('/api/v1/boards/{board}', { params: { path: { board: 'nothing' } } });
const problem: components['schemas']['Problem'] | undefined = lost.error;
same('problem', [lost.response.status, problem?.code], [404, 'NOT_FOUND']);
const wrong = await client.PUT('/api/v1/boards/{board}', { params: { path: { board } }, body: { title: '' } });
same('invalid', [wrong.response.status, wrong.error?.errors?.[0]?.field], [422, 'title']);

console.log('typescript: the main job is done');
