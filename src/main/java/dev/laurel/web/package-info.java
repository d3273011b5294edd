/** HTTP: resources read a request, call one use case, and map its result. Nothing is decided here. */
package dev.laurel.web;
