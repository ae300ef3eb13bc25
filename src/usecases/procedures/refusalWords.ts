import type { LocalizedText } from '../../domain/json.ts';
import type { Refusal } from '../../engine/interpreter.ts';

/** A sentence in Arabic and one in French; `{name}` stands for a parameter of the refusal. */
type Words = readonly [ar: string, fr: string];

/** What each rule of the engines says; in English the engine says it itself. */
export const RULES: Readonly<Record<string, Words>> = {
  'too-large': [
    'المخطط كبير جدا: {bytes} بايت، والحد {limit}.',
    'Le diagramme est trop grand : {bytes} octets, la limite est {limit}.',
  ],
  doctype: [
    'المخطط يعلن كيانات أو DOCTYPE: احذفوها.',
    'Le diagramme déclare un DOCTYPE ou des entités : retirez-les.',
  ],
  'too-many-elements': ['في المخطط أكثر من {limit} عنصر.', 'Le diagramme a plus de {limit} éléments.'],
  'too-deep': [
    'عناصر المخطط متداخلة أكثر من {limit} مستوى.',
    'Les éléments sont imbriqués sur plus de {limit} niveaux.',
  ],
  'too-many-expressions': [
    'عبارات المخطط تتجاوز {limit} حرف.',
    'Les expressions du diagramme dépassent {limit} caractères.',
  ],
  'invalid-xml': [
    'لا يمكن قراءة الملف كمخطط BPMN 2.0: {reason}',
    'Le fichier ne se lit pas comme un diagramme BPMN 2.0 : {reason}',
  ],
  'duplicate-id': [
    'المعرف {id} مستعمل مرتين: أعطوا كل عنصر معرفه.',
    'L’identifiant {id} sert deux fois : donnez le sien à chaque élément.',
  ],
  'missing-id': [
    'عنصر {construct} بلا معرف: أعطوه معرفا.',
    'Un élément {construct} n’a pas d’identifiant : donnez-lui le sien.',
  ],
  'unknown-attribute': [
    'لا توجد في BPMN خاصية {attribute} هنا: احذفوها أو أعطوها بادئة مجالها.',
    'BPMN n’a pas ici d’attribut {attribute} : retirez-le, ou donnez-lui le préfixe de son espace de noms.',
  ],
  'dangling-reference': [
    '{property} يشير إلى {target}، وهو غير موجود في المخطط.',
    '{property} renvoie à « {target} », qui n’est pas dans le diagramme.',
  ],
  'not-executable': [
    'لا توجد مسطرة قابلة للتنفيذ: ضعوا isExecutable="true" على التي تنفذ.',
    'Aucun processus n’est exécutable : mettez isExecutable="true" sur celui qui s’exécute.',
  ],
  'multiple-processes': [
    'في الملف {count} مسطرات قابلة للتنفيذ: انشروا كل واحدة في ملفها.',
    'Le fichier a {count} processus exécutables : publiez chacun dans le sien.',
  ],
  'unsupported-element': [
    'لا ينفذ المحرك {construct}. ارسموا مكانه: {instead}.',
    'Le moteur n’exécute pas {construct}. Dessinez à la place : {instead}.',
  ],
  'outside-profile': [
    'لا ينفذ المحرك {engine} {construct} كما يقول BPMN 2.0. ارسموا مكانه: {instead}.',
    'Le moteur {engine} n’exécute pas {construct} comme le dit BPMN 2.0. Dessinez à la place : {instead}.',
  ],
  'unserved-element': [
    'لا أحد هنا يتولى {construct}. ارسموا مكانه: {instead}.',
    'Personne ici ne se charge de {construct}. Dessinez à la place : {instead}.',
  ],
  'unknown-procedure': [
    'ينادي هذا النشاط {process}، وليست مسطرة منشورة: سموا مسطرة منشورة أو انشروها أولا.',
    'Cette activité appelle « {process} », qui n’est pas une procédure publiée : nommez-en une, ou publiez-la d’abord.',
  ],
  'code-in-extension': [
    '{construct} يحمل شفرة لا تنفذ. استعملوا مكانها: {instead}.',
    '{construct} porte du code, qui n’est pas exécuté. Utilisez à la place : {instead}.',
  ],
  'foreign-expression-language': [
    'تكتب العبارات بلغة FEEL لا بلغة {language}.',
    'Les expressions s’écrivent en FEEL, non en {language}.',
  ],
  'invalid-expression': [
    'العبارة « {expression} » غير صحيحة: {reason}',
    'L’expression « {expression} » n’est pas valable : {reason}',
  ],
  'invalid-mapping': [
    'ربط البيانات غير تام: لكل مدخل ومخرج متغير من كلمة واحدة وقيمة، في ربط واحد.',
    'La mise en correspondance des données est incomplète : chaque entrée et sortie a une variable d’un mot et une valeur, en une seule correspondance.',
  ],
  'invalid-timer': [
    'المؤقت « {value} » غير صحيح: تاريخ أو مدة أو دورة واحدة وفق ISO 8601، والعبارة تبدأ بعلامة =.',
    'Le minuteur « {value} » n’est pas valable : une date, une durée ou un cycle ISO 8601, un seul ; une expression commence par « = ».',
  ],
  'missing-start': [
    'لا توجد نقطة بداية: ارسموا واحدة.',
    'Il n’y a pas d’événement de début : dessinez-en un.',
  ],
  'multiple-none-starts': [
    'توجد عدة نقط بداية ({starts}): أبقوا واحدة.',
    'Il y a plusieurs événements de début ({starts}) : gardez-en un.',
  ],
  'ambiguous-start': [
    '{other} يبدأ بنفس الرسالة أو الإشارة {message}.',
    '{other} débute par le même message ou signal {message}.',
  ],
  'no-outgoing-flow': [
    'لا يخرج أي مسار من هذا العنصر ({type}): اربطوه بما يليه.',
    'Aucun flux ne sort de cet élément ({type}) : reliez-le à la suite.',
  ],
  'end-with-outgoing-flow': ['لا يخرج أي مسار من نقطة نهاية.', 'Aucun flux ne sort d’un événement de fin.'],
  'unexpected-incoming-flow': [
    'لا يدخل أي مسار إلى هذا العنصر ({type}).',
    'Aucun flux n’entre dans cet élément ({type}).',
  ],
  'unexpected-outgoing-flow': [
    'لا يخرج أي مسار من هذا العنصر ({type}).',
    'Aucun flux ne sort de cet élément ({type}).',
  ],
  'flow-crosses-boundary': [
    'المسار من {source} إلى {target} يخرج من مسطرته: يبقى المسار داخل المسطرة أو المسطرة الفرعية.',
    'Le flux de {source} à {target} sort de son cadre : un flux reste dans son processus ou sous-processus.',
  ],
  unreachable: [
    'لا يؤدي أي طريق من البداية إلى هنا: اربطوا العنصر أو احذفوه.',
    'Aucun chemin ne mène ici depuis un début : reliez l’élément ou retirez-le.',
  ],
  'cycle-without-wait': [
    'لا شيء ينتظر في الحلقة {nodes}: ضعوا فيها مهمة أو حدث انتظار.',
    'Rien n’est attendu dans la boucle {nodes} : mettez-y une tâche ou un événement d’attente.',
  ],
  'missing-condition': [
    'تختار البوابة {gateway} بين مسارات: أعطوا هذا المسار شرطا أو اجعلوه المسار الافتراضي.',
    'La passerelle {gateway} choisit entre des flux : donnez une condition à celui-ci, ou faites-en le flux par défaut.',
  ],
  'misplaced-condition': [
    'لا شرط لمسار يخرج من {type}: قرروا عند بوابة حصرية أو شاملة.',
    'Un flux qui sort de {type} n’a pas de condition : décidez à une passerelle exclusive ou inclusive.',
  ],
  'default-with-condition': [
    'لا شرط للمسار الافتراضي: يؤخذ حين لا يؤخذ غيره.',
    'Un flux par défaut n’a pas de condition : il est pris quand aucun autre ne l’est.',
  ],
  'event-gateway-target': [
    'وراء البوابة {gateway} يوضع حدثان على الأقل يمكن انتظارهما، ولا يؤدي إليهما غيرها: حدث رسالة أو مؤقت أو مهمة استقبال.',
    'Derrière la passerelle {gateway} se trouvent au moins deux événements que l’on peut attendre, et où rien d’autre ne mène : message, minuteur ou tâche de réception.',
  ],
  'boundary-not-attached': [
    'يوضع الحدث الحدودي على نشاط من نفس المسار، لا على مسطرة فرعية حدثية ولا على نشاط تراجع.',
    'Un événement de bordure se pose sur une activité du même flux, ni sur un sous-processus événementiel ni sur une activité de compensation.',
  ],
  'error-not-interrupting': [
    'الخطأ يوقف دائما ما يقع عليه.',
    'Une erreur interrompt toujours ce sur quoi elle se pose.',
  ],
  'ambiguous-error': [
    '{other} يلتقط نفس الرمز « {code} » في نفس المكان.',
    '{other} intercepte le même code « {code} » au même endroit.',
  ],
  'missing-error-code': [
    'لا رمز للخطأ: أشيروا إلى خطأ له errorCode.',
    'L’erreur n’a pas de code : référencez une erreur qui a un errorCode.',
  ],
  'missing-escalation-code': [
    'لا رمز للتصعيد: أشيروا إلى تصعيد له escalationCode.',
    'L’escalade n’a pas de code : référencez une escalade qui a un escalationCode.',
  ],
  'missing-message': [
    'لا رسالة مشار إليها: بينوا أية رسالة.',
    'Aucun message n’est référencé : dites lequel.',
  ],
  'missing-signal': ['لا إشارة مشار إليها: بينوا أية إشارة.', 'Aucun signal n’est référencé : dites lequel.'],
  'missing-called-element': [
    'نشاط النداء لا ينادي شيئا: سموا المسطرة في calledElement.',
    'L’activité d’appel n’appelle rien : nommez le processus dans calledElement.',
  ],
  'call-mapping': [
    '{mapping} لا ينقل شيئا: أعطوه مصدرا ووجهة، أو variables="all".',
    '« {mapping} » ne passe rien : donnez-lui une source et une cible, ou variables="all".',
  ],
  'link-ends': [
    'للرابط {link} طرف وصول واحد وطرف انطلاق على الأقل، باسم واحد وفي نفس المسار.',
    'Le lien {link} a une arrivée et au moins un départ, de même nom, dans le même flux.',
  ],
  'multi-instance-count': [
    'بينوا كم مرة يتكرر النشاط: عدد أو مجموعة، لا كلاهما، ولمتغير العنصر اسم من كلمة واحدة.',
    'Dites combien de fois l’activité se répète : un nombre ou une collection, non les deux ; la variable d’élément a un nom d’un mot.',
  ],
  'loop-maximum': [
    '{maximum} ليس عدد مرات: واحدة على الأقل.',
    '« {maximum} » n’est pas un nombre de tours : au moins un.',
  ],
  'invalid-quantity': [
    '{property} عدد بين 1 و{most}، لا « {value} ».',
    '{property} est un nombre de 1 à {most}, non « {value} ».',
  ],
  'loop-without-end': [
    'لا شيء ينهي التكرار: أعطوه شرطا أو عددا أقصى.',
    'Rien ne termine la boucle : donnez-lui une condition ou un nombre maximal.',
  ],
  'two-lanes': [
    'العنصر في مسارين من المسارات الأفقية، {first} و{second}.',
    'L’élément est dans deux couloirs, {first} et {second}.',
  ],
  'event-sub-process': [
    'المسطرة الفرعية الحدثية لا تتكرر ولا تتراجع عن نشاط، ولا تتراجع إلا عما تم داخل مسطرة فرعية.',
    'Un sous-processus événementiel ni ne boucle ni ne compense une activité ; il ne compense que ce qu’un sous-processus a achevé.',
  ],
  'compensation-handler': [
    'اربطوا حدث التراجع بنشاط واحد مخصص للتراجع في نفس المسار ({handler}).',
    'Associez l’événement de compensation à une seule activité de compensation du même flux ({handler}).',
  ],
  'compensation-activity': [
    'لا يمكن التراجع هنا عن {activity}: سموا نشاطا من هذا المسار له ما يتراجع عنه.',
    '{activity} ne peut pas être compensée ici : nommez une activité de ce flux qui a de quoi l’être.',
  ],
  'cancel-event': [
    'يوضع إلغاء المعاملة داخل معاملة عليها حدث إلغاء واحد يوقفها.',
    'Une annulation se place dans une transaction, qui porte un seul événement d’annulation, interrompant.',
  ],
};

/** What to draw instead, by what the engine says in English. */
export const INSTEADS: Readonly<Record<string, Words>> = {
  'leave it out, or model it with tasks, gateways and events that run': [
    'اتركوه، أو ارسموه بمهام وبوابات وأحداث تنفذ',
    'rien, ou des tâches, passerelles et événements qui s’exécutent',
  ],
  'a script task in FEEL with a result variable, or a service task whose handler does the computing': [
    'مهمة حساب بلغة FEEL لها متغير نتيجة، أو مهمة خدمة يتولى برنامجها الحساب',
    'une tâche de script en FEEL avec une variable de résultat, ou une tâche de service dont le programme calcule',
  ],
  'user tasks between inclusive gateways': [
    'مهام مستعمل بين بوابات شاملة',
    'des tâches utilisateur entre des passerelles inclusives',
  ],
  'an inclusive or parallel gateway': ['بوابة شاملة أو متوازية', 'une passerelle inclusive ou parallèle'],
  'an event sub-process or a catch event with the condition': [
    'مسطرة فرعية حدثية أو حدث انتظار بهذا الشرط',
    'un sous-processus événementiel ou un événement d’attente avec la condition',
  ],
  'an error end event': ['نقطة نهاية بخطأ', 'un événement de fin d’erreur'],
  'a terminate end event': ['نقطة نهاية توقف الكل', 'un événement de fin d’arrêt'],
  'a throw event or an end event that compensates': [
    'حدث إطلاق أو نقطة نهاية للتراجع',
    'un événement intermédiaire ou de fin qui compense',
  ],
  'a cancel end event in a transaction': [
    'نقطة نهاية بإلغاء داخل معاملة',
    'un événement de fin d’annulation dans une transaction',
  ],
  'a task in the process': ['مهمة داخل المسطرة', 'une tâche dans le processus'],
  'a collaboration with one executable process': [
    'تعاون فيه مسطرة واحدة قابلة للتنفيذ',
    'une collaboration avec un seul processus exécutable',
  ],
  'an attribute that names the group, e.g. camunda:candidateGroups': [
    'خاصية تسمي المجموعة، مثل camunda:candidateGroups',
    'un attribut qui nomme le groupe, p. ex. camunda:candidateGroups',
  ],
  'an attribute that names the person, e.g. camunda:assignee': [
    'خاصية تسمي الشخص، مثل camunda:assignee',
    'un attribut qui nomme la personne, p. ex. camunda:assignee',
  ],
  'variables of the process': ['متغيرات المسطرة', 'des variables du processus'],
  'the event definition inside the event': ['تعريف الحدث داخل الحدث', 'la définition dans l’événement même'],
  'parallel branches with one event each': [
    'فروع متوازية لكل منها حدث',
    'des branches parallèles avec un événement chacune',
  ],
  'a parallel branch that compensates': ['فرع متواز يتراجع', 'une branche parallèle qui compense'],
  'a transaction that compensates': ['معاملة تتراجع', 'une transaction qui compense'],
  'camunda:collection and camunda:elementVariable': [
    'camunda:collection وcamunda:elementVariable',
    'camunda:collection et camunda:elementVariable',
  ],
  'a variable that the task writes': ['متغير تكتبه المهمة', 'une variable que la tâche écrit'],
  'a completion condition': ['شرط إتمام', 'une condition d’achèvement'],
  'a parallel gateway': ['بوابة متوازية', 'une passerelle parallèle'],
  'a plain value, and a handler of the host for the code': [
    'قيمة بسيطة، وبرنامج من النظام للشفرة',
    'une valeur simple, et un programme du système pour le code',
  ],
  'a message start event': ['بداية برسالة', 'un début par message'],
  'a none start event, followed by a catch event': [
    'بداية بسيطة يليها حدث انتظار',
    'un début simple, suivi d’un événement d’attente',
  ],
  'a none start event': ['بداية بسيطة', 'un début simple'],
  'an event with a message or a timer': ['حدث برسالة أو مؤقت', 'un événement avec un message ou un minuteur'],
  'one event for each definition': ['حدث لكل تعريف', 'un événement pour chaque définition'],
  'a parallel event-based gateway that begins the process': [
    'بوابة أحداث متوازية تبدأ المسطرة',
    'une passerelle d’événements parallèle qui débute le processus',
  ],
  'an embedded sub-process': ['مسطرة فرعية مدمجة', 'un sous-processus intégré'],
  'the flow of the sub-process in the process itself': [
    'مسار المسطرة الفرعية في المسطرة نفسها',
    'le flux du sous-processus dans le processus même',
  ],
  'the flow of the transaction in the process itself': [
    'مسار المعاملة في المسطرة نفسها',
    'le flux de la transaction dans le processus même',
  ],
  'the called flow in the process itself': [
    'المسار المنادى في المسطرة نفسها',
    'le flux appelé dans le processus même',
  ],
  'exclusive or parallel gateways': ['بوابات حصرية أو متوازية', 'des passerelles exclusives ou parallèles'],
  'an intermediate message catch event': [
    'حدث انتظار رسالة',
    'un événement intermédiaire d’attente de message',
  ],
  'a service task': ['مهمة خدمة', 'une tâche de service'],
  'an intermediate message throw event': ['حدث إرسال رسالة', 'un événement intermédiaire d’envoi de message'],
  'an exclusive gateway on a variable': [
    'بوابة حصرية على متغير',
    'une passerelle exclusive sur une variable',
  ],
  'a message': ['رسالة', 'un message'],
  'an exclusive gateway after the task that changes the data': [
    'بوابة حصرية بعد المهمة التي تغير البيانات',
    'une passerelle exclusive après la tâche qui change les données',
  ],
  'a sequence flow': ['مسار', 'un flux de séquence'],
  'the undoing tasks in the flow': ['مهام التراجع داخل المسار', 'les tâches qui défont, dans le flux'],
  'a duration, and a flow back to the task': [
    'مدة، ومسار يعود إلى المهمة',
    'une durée, et un flux qui revient à la tâche',
  ],
  'a name for each message': ['اسم لكل رسالة', 'un nom pour chaque message'],
  'a parallel multi-instance activity, or a flow back to the task': [
    'نشاط متعدد متواز، أو مسار يعود إلى المهمة',
    'une activité multi-instance parallèle, ou un flux qui revient à la tâche',
  ],
  'camunda:collection': ['camunda:collection', 'camunda:collection'],
  'an interrupting boundary event': ['حدث حدودي موقف', 'un événement de bordure interrompant'],
  'a gateway and a sequence flow back': ['بوابة ومسار يعود', 'une passerelle et un flux qui revient'],
  'an exclusive gateway behind the activity': [
    'بوابة حصرية وراء النشاط',
    'une passerelle exclusive derrière l’activité',
  ],
};

/** The reason of an engine in the three languages. */
export function inWords({ rule, message, params }: Refusal): Required<LocalizedText> {
  const [ar, fr] = RULES[rule] ?? [
    `لا ينفذ المحرك هذا المخطط (${rule}).`,
    `Le moteur n’exécute pas ce diagramme (${rule}).`,
  ];
  const [insteadAr, insteadFr] = INSTEADS[params.instead ?? ''] ?? [params.instead, params.instead];
  return {
    ar: filled(ar, { ...params, instead: insteadAr ?? '' }, isolated),
    fr: filled(fr, { ...params, instead: insteadFr ?? '' }, (value) => value),
    en: message,
  };
}

function filled(
  words: string,
  params: Readonly<Record<string, string>>,
  shown: (value: string) => string,
): string {
  return words.replace(/\{(\w+)\}/g, (_, name: string) => shown(params[name] ?? ''));
}

/** Names of elements inside Arabic: isolated, so that they do not turn what follows. */
const isolated = (value: string): string =>
  /\p{Script=Arabic}/u.test(value) ? value : `\u2068${value}\u2069`;
