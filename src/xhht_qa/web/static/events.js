/* What a server tells step by step (server-sent events) in answer to a request that an EventSource cannot make. */

/** {event, data} as they come; whoever stops to ask for more lets the connection go. */
export async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const blocks = (text + part.value.replaceAll("\r", "")).split("\n\n");
      text = blocks.pop(); // the rest of it is still to come
      for (const block of blocks) {
        const fields = block.split("\n").map((line) => line.match(/^(event|data): ?(.*)$/)).filter(Boolean); // a line of another kind keeps the connection alive
        const of = (name) => fields.filter((field) => field[1] === name).map((field) => field[2]).join("\n");
        if (fields.length) yield { event: of("event"), data: JSON.parse(of("data")) };
      }
    }
  } finally {
    reader.cancel().catch(() => {}); // it may have broken off by itself
  }
}
