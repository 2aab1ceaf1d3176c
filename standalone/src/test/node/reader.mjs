// Licensed under the Apache License, Version 2.0.
// A stranger to this project: knows the topics' names and the registry's address, nothing of our code.
// Prints the first annotated image as JSON, then publishes an image of its own.
import { Kafka, logLevel } from 'kafkajs'
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry'

const [broker, registryUrl, annotatedTopic, capturedTopic] = process.argv.slice(2)
const kafka = new Kafka({ clientId: 'stranger', brokers: [broker], logLevel: logLevel.ERROR })
const registry = new SchemaRegistry({ host: registryUrl })

async function firstAnnotated() {
  const consumer = kafka.consumer({ groupId: 'stranger', readUncommitted: false })
  await consumer.connect()
  await consumer.subscribe({ topic: annotatedTopic, fromBeginning: true })
  try {
    return await new Promise((resolve, reject) =>
      consumer.run({
        eachMessage: async ({ message }) => {
          try {
            const value = await registry.decode(message.value)
            resolve({ key: message.key.toString(), value })
          } catch (failure) {
            reject(failure)
          }
        },
      }))
  } finally {
    await consumer.disconnect()
  }
}

async function publish(slide) {
  const image = {
    imageId: 'stranger-1',
    origin: {
      accession: 'A-26-0002', specimen: 'S1', slide, field: null, scanner: 'stranger', stain: null,
      objective: 63.0, micronsPerPixel: null, capturedAt: Date.parse('2026-03-01T12:00:00.123Z'), priority: 'STAT',
    },
    kind: 'CELL',
    sourceName: 'cell-ü.png',
    sha256: '0'.repeat(64),
    sizeBytes: 4,
    content: Buffer.from([0x89, 0x50, 0x4e, 0x47]),
    contentUri: null,
  }
  const id = await registry.getLatestSchemaId(`${capturedTopic}-value`)
  const producer = kafka.producer()
  await producer.connect()
  await producer.send({
    topic: capturedTopic,
    messages: [{ key: slide, value: await registry.encode(id, image) }],
  })
  await producer.disconnect()
}

const seen = await firstAnnotated()
await publish(seen.key)
console.log(JSON.stringify(seen))
