/** What was wanted at which hour of the week, and what will be: arithmetic without stores. */
package dev.laurel.warming.forecast;
