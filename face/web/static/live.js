// A page that says quietly that something in its sight has changed since it was opened. It reloads nothing: whoever reads decides.
"use strict";
(() => {
	const line = document.querySelector("[data-live]");
	if (!line || !window.EventSource) return;
	let source = null, told = false, refused = 0;
	const end = () => {
		if (source) source.close();
		source = null;
	};
	const listen = () => {
		if (source || told || document.hidden) return;
		source = new EventSource(line.dataset.live);
		source.addEventListener("open", () => { refused = 0; });
		// A line that breaks is taken up again by the browser, after a time that the server names. An answer that is none (a proxy whose server starts
		// anew, a session that has ended) ends it: that is tried again a few times, later each time.
		source.addEventListener("error", () => {
			if (!source || source.readyState !== EventSource.CLOSED) return;
			end();
			if (++refused <= 6) setTimeout(listen, (2 + Math.random()) * 2 ** refused * 1000);
		});
		source.addEventListener("changed", () => {
			told = true;
			end();
			line.firstElementChild.hidden = false;
		});
	};
	// A page that nobody looks at holds no line; looked at again, it hears what it has missed.
	document.addEventListener("visibilitychange", () => (document.hidden ? end() : listen()));
	addEventListener("pagehide", end);
	listen();
})();
