// Whose turn it is in the cases of a party: the list of cases does not tell it, their procedures do; and what is to be paid the case itself.
import { api, type Schemas } from '../../api/client';
import { outcome, type Outcome } from '../../api/problem';
import { daysBetween } from '../../parts/deadline';
import { formatDate, formatNumber, t } from '../../words/words';
import { speaker } from '../own_words';
import { caseOf } from './case_of';
import type { Row } from './my_cases';
import { owed, whoseIn, type Charge } from './whose';

/** A last day further off than this does not come before what one has begun. */
const nearDays = 90;
/** Each is a question to the server. A desk has few kinds of cases; cases that may wait for a payment are fewer still. */
const proceduresMax = 5;
const looksMax = 3;

const en = {
  title: "Waiting for you, with a last day",
  next: "do first what waits for you until a last day; then finish what you have begun, or begin something new.",
  pay: "Pay {amount} by {date}.",
  act: "It is your turn: {what}. The last day is {date}.",
  act_late: "It is your turn: {what}.",
  look: "Look into this case before {date}: something may be lost on that day.",
  office: "The office is late since {date}.",
  others: "Others are late since {date}.",
};
const ru: typeof en = {
  title: "Ждёт вас, есть последний день",
  next: "сначала сделайте то, у чего есть последний день; затем закончите начатое или начните новое.",
  pay: "Уплатите {amount} не позднее {date}.",
  act: "Ваша очередь: {what}. Последний день – {date}.",
  act_late: "Ваша очередь: {what}.",
  look: "Откройте это дело до {date}: в этот день можно что-то потерять.",
  office: "Ведомство опаздывает с {date}.",
  others: "Другие опаздывают с {date}.",
};
const kk: typeof en = {
  title: "Сізді күтіп тұр, соңғы күні бар",
  next: "алдымен соңғы күні барын жасаңыз; содан кейін бастағаныңызды аяқтаңыз немесе жаңасын бастаңыз.",
  pay: "{amount} төлеңіз. Соңғы күні: {date}.",
  act: "Кезек сізде: {what}. Соңғы күні: {date}.",
  act_late: "Кезек сізде: {what}.",
  look: "Бұл істі мына күнге дейін ашып қараңыз: {date}. Сол күні бірдеңе жоғалуы мүмкін.",
  office: "Мекеме мына күннен бері кешігіп отыр: {date}.",
  others: "Басқалар мына күннен бері кешігіп отыр: {date}.",
};
const say = speaker<keyof typeof en>({ en, ru, kk });

export interface Turn {
  yours: boolean;
  text: string;
}
export interface Turns {
  title: string;
  next: string;
  of: ReadonlyMap<string, Turn>;
}

async function proceduresOf(rows: readonly Row[]): Promise<ReadonlyMap<string, Schemas['Procedure']>> {
  const names = [...new Set(rows.map((row) => row.procedure))].slice(0, proceduresMax);
  const found = await Promise.all(names.map((procedure) => outcome(api.GET('/api/v1/procedures/{procedure}', { params: { path: { procedure } } }))));
  return new Map(found.flatMap((one) => (one.ok ? [[one.data.procedure, one.data] as const] : [])));
}

/** Where others have the next act and the clock ends the state, the party may have to pay before. */
async function payTurn(row: Row, due: string, role: string): Promise<Turn | undefined> {
  const seen = await caseOf(row);
  if (!seen.ok || seen.data.due?.then === 'late') return undefined;
  const amount = owed(seen.data.case.charges as unknown as readonly Charge[], role);
  return amount > 0 ? { yours: true, text: say('pay', { amount: `${formatNumber(amount)} ₸`, date: formatDate(due) }) } : undefined;
}

/** Which of the running cases wait for the party itself until a last day, and in which it is the office that is late. */
export async function turnsOf(rows: readonly Row[], role: string, today: string): Promise<Outcome<Turns>> {
  const near = rows.filter((row) => row.filed && (row.late || (row.due && daysBetween(today, row.due) <= nearDays)));
  const procedures = await proceduresOf(near);
  const of = new Map<string, Turn>();
  const mayPay: { row: Row; due: string }[] = [];
  for (const row of near) {
    const procedure = procedures.get(row.procedure);
    if (!procedure) continue;
    const { who, act, loses } = whoseIn(procedure, row.state, role);
    const day = row.late ?? row.due ?? today; // late is the first day after the last one
    const isParty = procedure.roles.some((one) => one.role === role && one.kind === 'party');
    const what = t('case.quoted', { text: act ?? '' });
    if (who === 'yours') of.set(row.id, { yours: true, text: say(row.late ? 'act_late' : 'act', { what, date: formatDate(day) }) });
    else if (row.late && who !== 'nobody') of.set(row.id, { yours: false, text: say(who, { date: formatDate(day, 'short') }) });
    else if (who === 'others' && loses && isParty) mayPay.push({ row, due: day });
  }
  const looked = await Promise.all(mayPay.slice(0, looksMax).map(({ row, due }) => payTurn(row, due, role)));
  mayPay.forEach(({ row, due }, at) => {
    const turn = at < looksMax ? looked[at] : { yours: true, text: say('look', { date: formatDate(due) }) };
    if (turn) of.set(row.id, turn);
  });
  return { ok: true, data: { title: say('title'), next: say('next'), of }, response: new Response() };
}
