// The one script of every page. Behaviours are generic and bound by data- attributes;
// rooms need no scripts of their own (small local state: Alpine's CSP build, x-data).

import Alpine from "@alpinejs/csp";
import htmx from "htmx.org";
import "./menus.js";
import "./confirm.js";
import "./forms.js";
import "./clicks.js";
import "./swaps.js";
import { drawIn } from "./lazy.js";
import { wakeWhatIf } from "./what-if.js";

document.documentElement.classList.add("js");
Alpine.start();
htmx.onLoad(drawIn); // runs for the whole page and for every swapped fragment
htmx.onLoad(wakeWhatIf);
