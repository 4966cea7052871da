import type { AnswerRules } from './answer-rules.ts';

const credit = String.raw`((nota|factura)s? de (abono|credito)|(un|el|ningun|nuestro|este|su) abono)`;
const gives = String.raw`(envi\w*|mand\w*|emit\w*|hacemos|haremos|hare|hacer|recibir\w*|prepar\w*|adjunt\w*|gener\w*|remit\w*|llegara|expedi\w*|extend\w*|hara|haran)`;
const corrected = String.raw`(factura (corregida|rectificativa|rectificada|nueva)|nueva factura|factura de nuevo)`;
const goods = String.raw`(restantes?|resto|lo que falta|que faltan?|faltantes?|pendientes?)`;
const moves = String.raw`(entreg\w*|envi\w*|sale|salen|saldr\w*|lleg\w*|suministr\w*|mand\w*|recibir\w*)`;
const insiders = ['buyer', 'receiver'] as const;

export const spanish: AnswerRules = {
  evidence: [
    { kind: 'credit-note', says: new RegExp(`\\b${credit}.*\\b${gives}|\\b${gives}.*\\b${credit}`), by: ['supplier'], denied: 'refuses' },
    {
      kind: 'credit-note',
      says: /\b(abonaremos|abonare|abonaran|abonamos|abonara|reembolsaremos|devolveremos|reembolsamos)\b/,
      by: ['supplier'],
      denied: 'refuses',
    },
    {
      kind: 'corrected-invoice',
      says: new RegExp(`\\b${gives}.*\\b${corrected}|\\b${corrected}.*\\b${gives}`),
      by: ['supplier'],
      denied: 'refuses',
    },
    {
      kind: 'corrected-invoice',
      says: /\b(anulamos|anularemos|anular|corregimos|corregiremos|corregir|rectificar\w*|rectificamos|rehacer\w*|cambiar\w*) (la|esta|nuestra|dicha) factura/,
      by: ['supplier'],
      denied: 'refuses',
    },
    {
      kind: 'corrected-invoice',
      says: /\bfactura\b.*\b(enviada|emitida|mandada) (dos veces|por error|por duplicado)\b|\bfactura\b.*\b(queda|esta) anulada\b/,
      by: ['supplier'],
    },
    {
      kind: 'stands',
      says: /\b(factura|precio|importe|tarifa|cantidad)\b.{0,80}\b(es|son|esta|estan) (muy |todo )?(correct[ao]s?|bien|exact[ao]s?|conformes?|el que|la que|el acordado|lo acordado)\b/,
    },
    { kind: 'stands', says: /\bno hay (ningun )?error\b/, by: ['supplier'], isDenial: true },
    {
      kind: 'stands',
      says: /\bde acuerdo con (el|la|este|esta)\b|\bacepto\b|\bconforme\b|\bpor mi esta bien\b|\badelante con\b|\b(podeis|puedes|pueden|puede) pagar(la|lo)?\b|\blo apruebo\b|\bapruebo\b/,
      by: insiders,
      denied: 'refuses',
    },
    {
      kind: 'stands',
      says: /\b(recibid[oa]s?|llego|llegaron|llegado|entregado)\b.*\b(tod[oa]s?|complet[ao]|totalidad)\b|\b(tod[oa]s?|complet[ao])\b.*\b(recibid[oa]s?|llego|llegado|llegaron|entregado)\b/,
      by: insiders,
    },
    { kind: 'stands', says: /\bno falta nada\b/, by: insiders, isDenial: true },
    {
      kind: 'stands',
      says: /\b(precio|tarifa|factura|facturado|importe)\b.*\b(segun (lo acordado|el presupuesto|nuestra oferta|la oferta|el contrato)|como acordamos|conforme a lo acordado|tal como acordamos)\b/,
    },
    {
      kind: 'stands',
      says: /\b(se entrego|se entregaron|fue entregad[oa]|fueron entregad[oa]s)\b|\balbaran\b.*\b(firmado|adjunto)\b|\badjunt\w*\b.*\balbaran\b/,
      by: ['supplier'],
    },
    {
      kind: 'order-change',
      says: /\b(modifi\w*|actualiz\w*|actualic\w*|corrig\w*|correg\w*|cambi\w*|adapt\w*)\b.{0,30}\b(pedido|orden de compra)\b|\b(pedido|orden de compra)\b.*\b(modificad[oa]|actualizad[oa]|corregid[oa]|cambiad[oa])\b/,
    },
    { kind: 'more-goods', says: new RegExp(`\\b${goods}\\b.*\\b${moves}|\\b${moves}.*\\b${goods}\\b`), by: ['supplier'] },
    {
      kind: 'promise',
      says: /\b(le|les|te|os) (respond\w*|contest\w*|digo algo|dire|decimos|informar\w*|informo)\b|\blo (consulto|miro|compruebo|reviso|consultamos|comprobamos|revisamos)\b|\bvolver\w* a contactar\b/,
    },
    {
      kind: 'refuses',
      says: /\bno (podemos|vamos a|puedo) (atender|aceptar|conceder|admitir)\b|\bno aceptamos\b|\b(exigimos|insistimos en|rechazamos)\b/,
      by: ['supplier'],
      isDenial: true,
    },
    {
      kind: 'refuses',
      says: /\b(nunca|no) (lo |la |los |las )?(he |hemos )?(pedi|pedimos|pedido)\b|\bno (la |lo )?pagu\w+\b|\brechaz(ad|ar|a|o|en|e)( |$)/,
      by: insiders,
      isDenial: true,
    },
    {
      kind: 'credit-note',
      says: /\b(nota|factura)s? de (abono|credito)\b|\b(un|el|habra|ningun) abono\b/,
      by: ['supplier'],
      denied: 'refuses',
    },
    {
      kind: 'corrected-invoice',
      says: /\b(nueva factura|factura (corregida|rectificativa|rectificada|nueva))\b/,
      by: ['supplier'],
      denied: 'refuses',
    },
    { kind: 'stands', says: /\b(lo facturado|facturacion|factura|precio)\b.{0,60}\b(es correct[ao]|se mantiene|sin cambios|no cambia)\b/ },
    {
      kind: 'stands',
      says: /\b(ok|vale|esta bien|todo en orden|se puede pagar|de acuerdo)\b/,
      by: insiders,
      unless: /\b(solo|de momento|parte|mitad)\b/,
    },
    {
      kind: 'stands',
      says: /\b(llegaron|han llegado|llego|ha llegado|estan aqui)\b/,
      by: ['receiver'],
      unless: /\b(solo|de momento|parte|mitad|de)\b/,
    },
    {
      kind: 'more-goods',
      says: /\b(llega|llegan|llegara|llegaran|se entregara|se entregaran|se enviara|se enviaran|saldra|saldran)\b/,
      by: ['supplier'],
      unless: /\b(factura|abono|respuesta|nota)\b/,
    },
    { kind: 'promise', says: /\b(tendra|tendran|daremos|dare) (una )?respuesta\b|\brespuesta\b.*\b(antes|como muy tarde|en \d)\b/ },
    { kind: 'refuses', says: /\bno (lo |la |los |las )?(pag\w+|acept\w+)\b|\bni hablar\b/, by: insiders, isDenial: true },
    { kind: 'stands', says: /\b(facturo|facturado|calculado) correctamente\b|\bcorrectamente (facturado|calculado)\b/ },
    { kind: 'stands', says: /\bentrega (es|esta|fue) complet[ao]\b/ },
    { kind: 'stands', says: /\b(dije que si|se puede aprobar|podeis aprobar(la)?)\b/, by: insiders },
    {
      kind: 'corrected-invoice',
      says: /\bfactura\b.*\b(anulada|sustituida|reemplazada)\b|\brehacer\b.*\bfactura\b/,
      by: ['supplier'],
      denied: 'refuses',
    },
    { kind: 'refuses', says: /\bno vemos (motivo|razon)\b|\b(esperamos|exigimos) el pago\b/, by: ['supplier'], isDenial: true },
    { kind: 'refuses', says: /\b(devolved|devolver|devuelvan|devuelve) la factura\b|\bpedi \w+, no\b/, by: insiders, isDenial: true },
  ],
  denial: /\b(no|nunca|ningun|ninguna|ninguno|jamas|sin|tampoco|ni|nada)\b/,
  doubt:
    /(?<!\p{L})(quizás?|tal vez|posiblemente|probablemente|seguramente|podr(ía|íamos|ían|ías)|debería|deberíamos|haría|haríamos|si|creo|normalmente|generalmente|habitualmente|solemos|suele|en caso de|pienso|supongo|salvo|a menos|siempre que|no estoy segur[oa]|o bien|depende|decidirá|decidido|se habló|hablamos|solicitud de|corregiríamos|tiene que decidir|a lo mejor|podamos)(?!\p{L})/u,
  automatic: /\b(mensaje automatico|respuesta automatica|fuera de la oficina|(estoy|estamos|estare) de vacaciones|no responda a este)\b/,
  months: [
    'ene(ro)?',
    'feb(rero)?',
    'mar(zo)?',
    'abr(il)?',
    'may(o)?',
    'jun(io)?',
    'jul(io)?',
    'ago(sto)?',
    'sept?(iembre)?',
    'oct(ubre)?',
    'nov(iembre)?',
    'dic(iembre)?',
  ],
  weekdays: ['domingo', 'lunes', 'martes', 'miercoles', 'jueves', 'viernes', 'sabado'],
  today: /\bhoy\b/,
  tomorrow: /\bmanana\b(?! por| a las)/,
  nextWeek: /\b(semana que viene|proxima semana|semana proxima)\b/,
  thisWeek: /\b(esta semana|fin de semana|final de la semana)\b/,
};
