import { checklist } from "./public/checklist.js";
import { copy } from "./public/copy.js";
import { display } from "./public/display.js";
import { errorSummary } from "./public/errors.js";
import { filters } from "./public/filters.js";
import { listen } from "./public/listen.js";
import { menu } from "./public/menu.js";
import { print } from "./public/print.js";
import { suggest } from "./public/suggest.js";

for (const improve of [menu, filters, display, print, listen, copy, errorSummary, suggest, checklist]) improve(document);
