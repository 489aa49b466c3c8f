/* Reads a chart under the pointer: comfort only, the numbers stand in the table below it. */
(() => {
  "use strict";
  document.querySelectorAll("[data-chart]").forEach((chart) => {
    const guide = chart.querySelector("[data-chart-guide]");
    const reading = chart.querySelector("[data-chart-reading]");
    const show = (column) => {
      guide.setAttribute("x1", column.dataset.x);
      guide.setAttribute("x2", column.dataset.x);
      guide.classList.add("chart-guide-on");
      reading.textContent = column.dataset.reading;
    };
    chart.addEventListener("pointermove", (event) => {
      if (event.target.matches("[data-reading]")) show(event.target);
    });
    chart.addEventListener("pointerleave", () => {
      guide.classList.remove("chart-guide-on");
      reading.textContent = "";
    });
  });
})();
