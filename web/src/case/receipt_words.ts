// The words of receipts.
import { speaker } from '../screens/own_words';

const en = {
  title: "Your act is recorded",
  proof: "Your receipt",
  show: "Show the proof",
  keep: "Keep it as a file",
  to_case: "To the case",
  holder: "The case is not finished. It is now with: {who}.",
  own: "Receipt {n}",
  lead: "The proof that this stands in the journal of the office; keep it, anybody can check it.",
  what: "What was recorded",
  when: "When",
  by: "By whom",
  number: "Number of the case",
  entry: "Number in the journal",
  place: "Place in the queue",
  place_of: "{place} of {of}, as of today",
  check: "Check it in the journal",
  check_text: "Keep this file. Whoever has it can check in the journal that the act was not changed afterwards:",
};

const ru = {
  title: "Ваше действие записано",
  proof: "Ваша квитанция",
  show: "Показать доказательство",
  keep: "Сохранить файлом",
  to_case: "К делу",
  holder: "Дело ещё не закончено. Сейчас оно у: {who}.",
  own: "Квитанция {n}",
  lead: "Доказательство, что это записано в журнал ведомства: сохраните его, проверить его может любой.",
  what: "Что записано",
  when: "Когда",
  by: "Кем совершено",
  number: "Номер дела",
  entry: "Номер в журнале",
  place: "Место в очереди",
  place_of: "{place} из {of}, на сегодня",
  check: "Проверить в журнале",
  check_text: "Сохраните этот файл. По нему любой может проверить в журнале, что действие потом не изменили:",
};

const kk = {
  title: "Әрекетіңіз жазылды",
  proof: "Сіздің түбіртегіңіз",
  show: "Дәлелін көрсету",
  keep: "Файл етіп сақтау",
  to_case: "Іске",
  holder: "Іс әлі аяқталған жоқ. Қазір ол мынада: {who}.",
  own: "{n}-түбіртек",
  lead: "Мұның мекеменің журналына жазылғанының дәлелі: сақтап қойыңыз, оны кез келген адам тексере алады.",
  what: "Не жазылды",
  when: "Қашан",
  by: "Кім жасады",
  number: "Істің нөмірі",
  entry: "Журналдағы нөмірі",
  place: "Кезектегі орны",
  place_of: "{of} ішінен {place}, бүгінгі күнге",
  check: "Журналда тексеру",
  check_text: "Бұл файлды сақтаңыз. Ол арқылы кез келген адам әрекеттің кейін өзгертілмегенін журналдан тексере алады:",
};

export const told = speaker<keyof typeof en>({ en, ru, kk });
