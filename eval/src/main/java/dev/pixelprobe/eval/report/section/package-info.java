/** What the report says: each class makes one section of a page, or a part that sections share. */
package dev.pixelprobe.eval.report.section;
