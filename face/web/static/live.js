// A page that says quietly that something in its sight has changed since it was opened. It reloads nothing: whoever reads decides.
"use strict";
(() => {
	const line = document.querySelector("[data-live]");
	if (!line || !window.EventSource) return;
	let source = null, told = false;
	const end = () => {
		if (source) source.close();
		source = null;
	};
	const listen = () => {
		if (source || told || document.hidden) return;
		source = new EventSource(line.dataset.live);
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
