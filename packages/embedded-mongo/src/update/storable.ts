import { ObjectId } from 'bson';
import { MongoError } from '../errors.ts';
import { typeOf } from '../values/types.ts';
import type { Document, Value } from '../values/value.ts';
import { bsonTag, getField, isDocument } from '../values/value.ts';

const deepest = 180;

/** Gives a document to insert its `_id`, placed first. */
export function withId(document: Document): Document {
  if (Object.keys(document)[0] === '_id' && document._id !== undefined) return document;
  const { _id, ...fields } = document;
  return { _id: _id === undefined ? new ObjectId() : _id, ...fields };
}

/** Refuses a document no MongoDB would store: a bad `_id`, `$` names on top, too deep a nesting. */
export function checkStorable(document: Document): void {
  const id = getField(document, '_id');
  if (id === undefined || Array.isArray(id) || bsonTag(id) === 'BSONRegExp')
    throw new MongoError(53, `The '_id' value cannot be of type ${typeOf(id).alias}`);
  if (isDocument(id) && Object.keys(id).some((key) => key.startsWith('$')))
    throw new MongoError(52, `_id fields may not contain '$'-prefixed fields`);
  for (const key of Object.keys(document))
    if (key.startsWith('$'))
      throw new MongoError(52, `The dollar ($) prefixed field '${key}' is not allowed in a stored document`);
  checkDepth(document, 1);
}

function checkDepth(value: Value, depth: number): void {
  if (depth > deepest) throw new MongoError(15, `Document exceeds the maximum depth of ${deepest}`);
  if (Array.isArray(value)) for (const item of value) checkDepth(item, depth + 1);
  else if (isDocument(value)) for (const key of Object.keys(value)) checkDepth(value[key], depth + 1);
}
