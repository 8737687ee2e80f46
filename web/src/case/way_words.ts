// What is said of a procedure's way before it is begun.
import { speaker } from '../screens/own_words';

const en = {
  from: 'from {date} at the earliest',
  pays: 'pays – {what}',
  way: 'How it goes, if you begin today',
  way_note: 'Terms by the law of today. What depends on your answers, such as the amount of a fee, is told as you answer.',
  papers: 'Papers that may be asked for',
  papers_note: 'Which of them you need depends on your answers. Have them ready: translations and certificates take time.',
};

const ru = {
  from: 'не раньше {date}',
  pays: 'платит – {what}',
  way: 'Как всё пойдёт, если начать сегодня',
  way_note: 'Сроки по сегодняшнему закону. То, что зависит от ваших ответов, например размер сбора, будет сказано по ходу.',
  papers: 'Какие документы могут понадобиться',
  papers_note: 'Какие именно, зависит от ваших ответов. Приготовьте их заранее: переводы и справки требуют времени.',
};

const kk = {
  from: '{date} күнінен ерте емес',
  pays: 'төлейді – {what}',
  way: 'Бүгін бастасаңыз, бәрі қалай өтеді',
  way_note: 'Мерзімдер бүгінгі заң бойынша. Жауаптарыңызға байланысты нәрселер, мысалы алымның мөлшері, жауап берген сайын айтылады.',
  papers: 'Қандай құжаттар керек болуы мүмкін',
  papers_note: 'Нақты қайсысы керегі жауаптарыңызға байланысты. Алдын ала дайындаңыз: аударма мен анықтамаларға уақыт кетеді.',
};

export const toldOfWay = speaker<keyof typeof en>({ en, ru, kk });
