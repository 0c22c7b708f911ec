/** Charts as SVG: drawn by JFreeChart, written by Batik, coloured by the page's own style sheet. */
package dev.pixelprobe.eval.report.chart;
