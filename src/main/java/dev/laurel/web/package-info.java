/** HTTP: resources read a request, call one use case, and map its answer. Nothing is decided here. */
package dev.laurel.web;
