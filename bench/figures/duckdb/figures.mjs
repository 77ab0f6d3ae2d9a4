// Answers questions to DuckDB, one JSON line each: {"run": [SQL, …]} gives {"rows": [[numbers of the first query], …]},
// row after row; {"about": true} gives the version and the memory held. The database is in memory.
import { createInterface } from "node:readline";
import { DuckDBInstance } from "@duckdb/node-api";

const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();

async function answer(question) {
	if (question.about) {
		const reader = await connection.runAndReadAll("SELECT version(), current_setting('threads')");
		const [version, threads] = reader.getRows()[0];
		return { about: `DuckDB ${version}, ${threads} threads`, mib: Math.round(process.memoryUsage().rss / 2 ** 20) };
	}
	const rows = [];
	for (const sql of question.run) {
		const reader = await connection.runAndReadAll(sql);
		rows.push(reader.getRows().flat().map((n) => Number(n ?? 0)));
	}
	return { rows };
}

for await (const line of createInterface({ input: process.stdin })) {
	let reply;
	try {
		reply = await answer(JSON.parse(line));
	} catch (error) {
		reply = { error: String(error) };
	}
	process.stdout.write(JSON.stringify(reply) + "\n");
}
