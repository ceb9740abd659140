import { expect, test } from 'vitest'
import {
  findPlaces,
  gazetteer,
  parseGazetteer,
  placesNamed,
  related,
} from '../../src/language/places.ts'

const paths = (text: string) => findPlaces(text).map(({ places }) => places[0]?.path.join('/'))

test.each([
  ['a county under its city', '濮阳市台前县', ['河南省/濮阳市', '河南省/濮阳市/台前县']],
  ['short names', '聊城阳谷那边', ['山东省/聊城市', '山东省/聊城市/阳谷县']],
  ['a name shared by city and county means the city', '咱濮阳', ['河南省/濮阳市']],
  ['…and the county when it says so', '濮阳县的企业', ['河南省/濮阳市/濮阳县']],
  ['a county that became a district', '茌平县', ['山东省/聊城市/茌平区']],
  ['a word that ends like a county', '全国示范县创建、振兴县域经济', []],
  ['letters of two words', '保护江河源头', []],
  ['letters within a word', '社会长治久安，货轮驶向出海口', []],
  ['a name behind a verb of going', '赴濮阳考察、到聊城办厂', ['河南省/濮阳市', '山东省/聊城市']],
  ['the county that word ends like', '到范县去', ['河南省/濮阳市/范县']],
  ['a municipality has one path', '北京市朝阳区', ['北京市', '北京市/朝阳区']],
  ['a district has no short name', '新华书店在中原油田', []],
])('finds %s', (_name, text, expected) => expect(paths(text)).toEqual(expected))

test('says where in the text a place is named', () => {
  expect(findPlaces('在阳谷县办')).toMatchObject([{ start: 1, end: 4, text: '阳谷县' }])
})

test('every name leads back to its place', () => {
  for (const place of gazetteer().places)
    for (const name of place.names) expect(placesNamed(name)).toContain(place)
})

test('reads aliases and places without counties', () => {
  expect(
    parseGazetteer('# 说明\n[甲省]\n乙市: 丙区=丙县\n丁市:').map((p) => [p.names, p.path]),
  ).toEqual([
    [['甲省'], ['甲省']],
    [['乙市'], ['甲省', '乙市']],
    [
      ['丙区', '丙县'],
      ['甲省', '乙市', '丙区'],
    ],
    [['丁市'], ['甲省', '丁市']],
  ])
})

test.each([
  [['河南省', '濮阳市'], ['河南省', '濮阳市', '台前县'], true],
  [['河南省', '濮阳市', '范县'], ['河南省', '濮阳市', '台前县'], false],
  [['河南省', '濮阳市'], ['山东省', '聊城市'], false],
  [[], ['山东省'], true],
])('%j and %j related: %s', (a, b, expected) => expect(related(a, b)).toBe(expected))
