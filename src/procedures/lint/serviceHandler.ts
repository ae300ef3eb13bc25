import { problem } from '../problems.ts';
import type { ServiceDefinition } from '../types.ts';
import type { Rule } from './subject.ts';

/** Each service task names a handler that the product has; one that notifies says what it sends, and no other does. */
export const serviceHandler: Rule = ({ version, known }) =>
  Object.values(version.services).flatMap((service) => {
    const { flowNode, handler } = service;
    if (!known.serviceHandlers.has(handler)) {
      return [
        problem(
          'serviceHandler',
          flowNode,
          `Le service ${flowNode} appelle un traitement inconnu : « ${handler} ».`,
          `الخدمة ${flowNode} تستدعي معالجة غير معروفة: «${handler}».`,
          `Service ${flowNode} calls an unknown handler: “${handler}”.`,
        ),
      ];
    }
    return templateIsRight(service)
      ? []
      : [
          problem(
            'serviceHandler',
            flowNode,
            `Le service ${flowNode} : seul notifyParties porte permit:template, de la forme notification.<nom>.`,
            `الخدمة ${flowNode}: وحدها notifyParties تحمل permit:template على شكل notification.<name>.`,
            `Service ${flowNode}: notifyParties alone bears a permit:template, of the form notification.<name>.`,
          ),
        ];
  });

function templateIsRight({ handler, template }: ServiceDefinition): boolean {
  if (handler !== 'notifyParties') return template === null;
  return template !== null && /^notification\.[a-z][A-Za-z]{2,40}$/.test(template);
}
